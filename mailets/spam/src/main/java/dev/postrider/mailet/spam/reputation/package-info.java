/** What networks, domains and senders are known for. */
@NullMarked
package dev.postrider.mailet.spam.reputation;

import org.jspecify.annotations.NullMarked;
