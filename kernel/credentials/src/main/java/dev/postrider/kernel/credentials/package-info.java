/** Password hashing for accounts, on Bouncy Castle. */
@NullMarked
package dev.postrider.kernel.credentials;

import org.jspecify.annotations.NullMarked;
