/** Tests of the SMTP server: tables, dialogues, and what attackers send. */
@NullMarked
package dev.postrider.protocol.smtp.server;

import org.jspecify.annotations.NullMarked;
