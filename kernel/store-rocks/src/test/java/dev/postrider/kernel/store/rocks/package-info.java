/** Tests of the embedded store. */
@NullMarked
package dev.postrider.kernel.store.rocks;

import org.jspecify.annotations.NullMarked;
