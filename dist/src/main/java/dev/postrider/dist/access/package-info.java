/** The way of a command to a home: through its server, or to the store where none runs. */
@NullMarked
package dev.postrider.dist.access;

import org.jspecify.annotations.NullMarked;
