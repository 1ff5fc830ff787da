package dev.postrider.plugin.service;

import dev.postrider.plugin.Mail;
import java.util.List;
import java.util.Map;

/**
 * Sends mails that don't go along with another one, such as reports of a {@link
 * dev.postrider.plugin.Scheduled} mailet. What a mail gives rise to is better an effect {@link
 * dev.postrider.plugin.Effect.Emit}: mails that make mails end there, while nothing ends those of a
 * mailet that sends one through an outbox for each that it gets.
 *
 * <p>Thread: any. Time: blocks until the disk has the mails, a few milliseconds. Ownership: nothing
 * is kept. Failure: {@link PluginState.Unavailable} where the store can't take them; nothing was
 * sent then, as far as is known. A trace, a replay and the tests of a pipeline send nothing; {@code
 * postrider check} lends one that sends nothing and answers false.
 *
 * @since 1.1
 */
@FunctionalInterface
public interface Outbox {

  /** Mails of one call at most. */
  int MAX_MAILS = 100;

  /**
   * Sends mails and removes keys from the plugin's {@link PluginState}, all in one step: after a
   * crash all of it has happened, or nothing. So what is kept about a report is gone exactly when
   * the report is on its way.
   *
   * @param mails their envelopes and messages count, the rest doesn't; those without a sender begin
   *     at processor {@code bounces}, others at {@code root}
   * @param used keys to remove, and the values that they must still have
   * @return whether it happened; false where a key has another value by now or is gone
   * @throws IllegalArgumentException for more than {@value #MAX_MAILS} mails
   */
  boolean send(List<Mail> mails, Map<String, byte[]> used);
}
