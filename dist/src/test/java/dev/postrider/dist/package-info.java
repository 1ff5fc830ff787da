/** Tests of how it is put together that need no packaged server. */
@NullMarked
package dev.postrider.dist;

import org.jspecify.annotations.NullMarked;
