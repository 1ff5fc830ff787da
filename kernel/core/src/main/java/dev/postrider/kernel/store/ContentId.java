package dev.postrider.kernel.store;

/**
 * Names stored content; made by a store, meaningless to others.
 *
 * @param value at most 64 characters
 */
public record ContentId(String value) {}
