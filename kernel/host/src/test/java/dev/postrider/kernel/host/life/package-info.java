/** Tests of this package. */
@NullMarked
package dev.postrider.kernel.host.life;

import org.jspecify.annotations.NullMarked;
