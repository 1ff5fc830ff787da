/** The server put together: modules, listeners, reload, and how it ends. */
@NullMarked
package dev.postrider.dist.server;

import org.jspecify.annotations.NullMarked;
