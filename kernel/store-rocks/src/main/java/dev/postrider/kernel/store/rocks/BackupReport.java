package dev.postrider.kernel.store.rocks;

/**
 * How a copy of a store was made.
 *
 * @param shared segments that are hard links to those of the store: on the same device, so that a
 *     fault of the disk takes both
 * @param reused segments that are hard links to those of the copy before
 * @param copied segments whose octets were copied
 * @param octets of all segments of the copy
 */
public record BackupReport(int shared, int reused, int copied, long octets) {}
