/** Tests of the arrows between rooms and of how code reads here. */
@NullMarked
package dev.postrider.dist.architecture;

import org.jspecify.annotations.NullMarked;
