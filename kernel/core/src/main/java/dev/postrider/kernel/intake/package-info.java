/**
 * What protocol servers ask: may this peer, this sender, this recipient; and the way of a message
 * from end-of-data to its commit.
 */
@NullMarked
package dev.postrider.kernel.intake;

import org.jspecify.annotations.NullMarked;
