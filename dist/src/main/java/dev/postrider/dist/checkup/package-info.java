/** What can be seen of a home, its names and its certificates before it serves. */
@NullMarked
package dev.postrider.dist.checkup;

import org.jspecify.annotations.NullMarked;
