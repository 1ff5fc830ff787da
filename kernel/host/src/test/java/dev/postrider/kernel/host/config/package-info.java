/** Tests of this package. */
@NullMarked
package dev.postrider.kernel.host.config;

import org.jspecify.annotations.NullMarked;
