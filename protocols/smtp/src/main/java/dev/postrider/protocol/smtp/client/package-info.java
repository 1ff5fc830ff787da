/** The SMTP client: hands mail to other hosts (RFC 5321 and its extensions). */
@NullMarked
package dev.postrider.protocol.smtp.client;

import org.jspecify.annotations.NullMarked;
