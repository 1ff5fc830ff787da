package dev.postrider.kernel.store.rocks;

/**
 * How full a store is, for an admin. Sizes in octets.
 *
 * @param messages in mailboxes
 * @param spooled entries of the spool
 * @param queued entries of the outbound queue
 * @param segments files that hold content
 * @param segmentBytes what those files take
 * @param liveBytes the part of them that some entry still needs
 * @param freeBytes what the file system has left
 */
public record StoreStatistics(
    long messages,
    int spooled,
    int queued,
    int segments,
    long segmentBytes,
    long liveBytes,
    long freeBytes) {}
