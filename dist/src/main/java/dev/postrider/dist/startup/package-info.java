/** The cache that lets a server start quickly, and the rehearsal that fills it. */
@NullMarked
package dev.postrider.dist.startup;

import org.jspecify.annotations.NullMarked;
