/** SMTP (RFC 5321): the server side in {@code server}, the outbound side in {@code client}. */
@NullMarked
package dev.postrider.protocol.smtp;

import org.jspecify.annotations.NullMarked;
