/**
 * The packaged server used by real clients, and by plain ones of our own that say exactly what they
 * are told.
 */
@NullMarked
package dev.postrider.dist.client;

import org.jspecify.annotations.NullMarked;
