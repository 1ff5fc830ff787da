/** A running server whose pipeline and plugins are changed under load. */
@NullMarked
package dev.postrider.dist.reload;

import org.jspecify.annotations.NullMarked;
