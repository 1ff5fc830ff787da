/** Tests of the runner and the listener with a peer. */
@NullMarked
package dev.postrider.protocol.line;

import org.jspecify.annotations.NullMarked;
