/** A home of a server: its folders and files, and what is refused about them. */
@NullMarked
package dev.postrider.dist.home;

import org.jspecify.annotations.NullMarked;
