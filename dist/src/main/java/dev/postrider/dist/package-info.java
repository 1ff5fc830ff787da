/** Puts the rooms together and starts them: the composition root, homes and their files. */
@NullMarked
package dev.postrider.dist;

import org.jspecify.annotations.NullMarked;
