/**
 * Mail coming in: SMTP (RFC 5321), submission (RFC 6409) and LMTP (RFC 2033) as one pure session,
 * whose questions a {@code Reception} of the kernel answers.
 */
@NullMarked
package dev.postrider.protocol.smtp.server;

import org.jspecify.annotations.NullMarked;
