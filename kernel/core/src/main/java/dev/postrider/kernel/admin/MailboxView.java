package dev.postrider.kernel.admin;

/**
 * A mailbox of a user in words.
 *
 * @param folder its name, such as {@code INBOX}
 * @param messages how many are in it
 */
public record MailboxView(String folder, int messages) {}
