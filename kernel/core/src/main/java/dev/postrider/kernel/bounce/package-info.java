/** Delivery status notifications (RFC 3464). */
@NullMarked
package dev.postrider.kernel.bounce;

import org.jspecify.annotations.NullMarked;
