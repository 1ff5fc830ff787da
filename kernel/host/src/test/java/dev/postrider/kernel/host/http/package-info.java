@NullMarked
package dev.postrider.kernel.host.http;

import org.jspecify.annotations.NullMarked;
