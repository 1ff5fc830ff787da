/** Tests of this package. */
@NullMarked
package dev.postrider.kernel.host.pipeline;

import org.jspecify.annotations.NullMarked;
