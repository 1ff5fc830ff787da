/** Lists of addresses and names that others keep in the DNS (RFC 5782). */
@NullMarked
package dev.postrider.mailet.spam.lists;

import org.jspecify.annotations.NullMarked;
