package dev.postrider.mailet.spam.memory;

/**
 * What is remembered of one thing.
 *
 * @param a a figure; its meaning is the owner's
 * @param b another one
 * @param minute when it was remembered, in minutes since 1970
 */
public record Row(int a, int b, int minute) {}
