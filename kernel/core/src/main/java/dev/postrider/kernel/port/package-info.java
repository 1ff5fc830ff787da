/** Ports to the outside world that have no room of their own: ids, random, timers. */
@NullMarked
package dev.postrider.kernel.port;

import org.jspecify.annotations.NullMarked;
