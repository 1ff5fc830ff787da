/** Name lookups of all checks of one mail together, bounded in time. */
@NullMarked
package dev.postrider.mailet.authentication.lookup;

import org.jspecify.annotations.NullMarked;
