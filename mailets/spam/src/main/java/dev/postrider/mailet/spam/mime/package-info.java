/** The parts of a message (RFC 2045, RFC 2046), read within limits whatever the octets are. */
@NullMarked
package dev.postrider.mailet.spam.mime;

import org.jspecify.annotations.NullMarked;
