/** The keys that a home signs with. */
@NullMarked
package dev.postrider.dist.dkim;

import org.jspecify.annotations.NullMarked;
