package dev.postrider.kernel.bounce;

import dev.postrider.plugin.Content;
import dev.postrider.plugin.Envelope;

/**
 * A mail made here, not stored yet.
 *
 * @param envelope sender and recipients; the sender of a report is the null path
 * @param content header and body, readable until the mail is committed
 */
public record NewMail(Envelope envelope, Content content) {}
