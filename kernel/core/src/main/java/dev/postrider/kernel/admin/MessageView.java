package dev.postrider.kernel.admin;

import java.util.List;

/**
 * A message in a mailbox in words.
 *
 * @param uid its number in the mailbox
 * @param octets its size
 * @param arrivedAt when it came, as {@link java.time.Instant#toString}
 * @param flags such as {@code \Seen}
 * @param from of its header, or empty
 * @param subject of its header, or empty
 */
public record MessageView(
    long uid, long octets, String arrivedAt, List<String> flags, String from, String subject) {}
