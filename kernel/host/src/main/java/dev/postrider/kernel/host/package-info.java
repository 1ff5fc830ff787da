/** What a host of the kernel reads before it starts: configuration, plugins and pipeline. */
@NullMarked
package dev.postrider.kernel.host;

import org.jspecify.annotations.NullMarked;
