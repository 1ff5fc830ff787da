/** HTTP on behalf of plugins, over connections to addresses that were checked before. */
@NullMarked
package dev.postrider.kernel.host.http;

import org.jspecify.annotations.NullMarked;
