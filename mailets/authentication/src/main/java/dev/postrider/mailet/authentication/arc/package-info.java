/** Chains of those who handed a message on: RFC 8617. */
@NullMarked
package dev.postrider.mailet.authentication.arc;

import org.jspecify.annotations.NullMarked;
