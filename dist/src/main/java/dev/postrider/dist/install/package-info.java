/** Plugins put into a home and taken out of it. */
@NullMarked
package dev.postrider.dist.install;

import org.jspecify.annotations.NullMarked;
