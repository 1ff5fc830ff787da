/** Tests of this package. */
@NullMarked
package dev.postrider.kernel.host.plugin;

import org.jspecify.annotations.NullMarked;
