/**
 * What a server promised holds: after kills in the middle of work, on a full disk, under more load
 * than it takes.
 */
@NullMarked
package dev.postrider.dist.durability;

import org.jspecify.annotations.NullMarked;
