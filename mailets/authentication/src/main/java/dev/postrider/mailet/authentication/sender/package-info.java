/** Small checks of what a sending host says of itself and of the author. */
@NullMarked
package dev.postrider.mailet.authentication.sender;

import org.jspecify.annotations.NullMarked;
