@NullMarked
package dev.postrider.kernel.host.secret;

import org.jspecify.annotations.NullMarked;
