/** The plugins of a home, and what the host lends to them. */
@NullMarked
package dev.postrider.dist.plugin;

import org.jspecify.annotations.NullMarked;
