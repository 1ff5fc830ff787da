/** What plugins may read of the folders with secrets. */
@NullMarked
package dev.postrider.kernel.host.secret;

import org.jspecify.annotations.NullMarked;
