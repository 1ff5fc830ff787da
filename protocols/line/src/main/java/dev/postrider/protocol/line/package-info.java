/**
 * What every line protocol stands on: listeners, TLS, framing, deadlines, limits, and the runner
 * that carries a pure session over a socket.
 */
@NullMarked
package dev.postrider.protocol.line;

import org.jspecify.annotations.NullMarked;
