/** Tests of this package. */
@NullMarked
package dev.postrider.kernel.host.reference;

import org.jspecify.annotations.NullMarked;
