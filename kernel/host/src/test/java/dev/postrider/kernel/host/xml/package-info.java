/** Tests of this package. */
@NullMarked
package dev.postrider.kernel.host.xml;

import org.jspecify.annotations.NullMarked;
