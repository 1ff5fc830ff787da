/** Tests of this package. */
@NullMarked
package dev.postrider.kernel.host.metrics;

import org.jspecify.annotations.NullMarked;
