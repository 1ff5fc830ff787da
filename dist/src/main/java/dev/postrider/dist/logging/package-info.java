/** The log of a server and of a command. */
@NullMarked
package dev.postrider.dist.logging;

import org.jspecify.annotations.NullMarked;
