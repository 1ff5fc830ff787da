/** The way in to everything: the process begins here. */
@NullMarked
package dev.postrider.dist;

import org.jspecify.annotations.NullMarked;
