/** Rules about names and addresses on top of the Dns port. */
@NullMarked
package dev.postrider.kernel.dns;

import org.jspecify.annotations.NullMarked;
