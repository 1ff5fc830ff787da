/** Puts the kernel together from a configuration: the only package that knows Guice. */
@NullMarked
package dev.postrider.kernel.host;

import org.jspecify.annotations.NullMarked;
