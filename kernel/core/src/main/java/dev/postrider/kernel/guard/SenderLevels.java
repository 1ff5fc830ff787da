package dev.postrider.kernel.guard;

import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.Locale;
import java.util.stream.Collectors;

/**
 * How much a login has sent lately, as of an instant.
 *
 * @param at the instant
 * @param messages used up of a day's
 * @param recipients used up of a day's
 * @param fresh used up of a day's new recipients
 * @param hour new recipients of the last hour, about
 * @param month new recipients of the last 30 days, about
 * @param named recipients of the last day, about
 * @param failed recipients of the last day that did not exist or bounced, about
 * @param mails all mails ever
 * @param since the first mail
 */
record SenderLevels(
    Instant at,
    double messages,
    double recipients,
    double fresh,
    double hour,
    double month,
    double named,
    double failed,
    long mails,
    Instant since) {

  private static final double DAY = Duration.ofDays(1).toMillis();
  private static final double HOUR = Duration.ofHours(1).toMillis();

  static SenderLevels none(Instant now) {
    return new SenderLevels(now, 0, 0, 0, 0, 0, 0, 0, 0, now);
  }

  /** What is left of it at a later time. */
  SenderLevels at(Instant now, SenderPolicy policy) {
    double millis = Math.max(0, (double) Duration.between(at, now).toMillis());
    double days = millis / DAY;
    return new SenderLevels(
        now,
        drained(messages, policy.messages(), days),
        drained(recipients, policy.recipients(), days),
        drained(fresh, policy.newRecipients(), days),
        hour * Math.exp(-millis / HOUR),
        month * Math.exp(-days / 30),
        named * Math.exp(-days),
        failed * Math.exp(-days),
        mails,
        since);
  }

  private static double drained(double level, int limit, double days) {
    return Math.max(0, level - limit * days);
  }

  /** After one more mail. */
  SenderLevels sent(int all, int news) {
    return new SenderLevels(
        at,
        messages + 1,
        recipients + all,
        fresh + news,
        hour + news,
        month + news,
        named + all,
        failed,
        mails + 1,
        since);
  }

  /** After recipients that failed. */
  SenderLevels failed(int more) {
    return new SenderLevels(
        at, messages, recipients, fresh, hour, month, named, failed + more, mails, since);
  }

  /** The usual number of new recipients a day. */
  double usual() {
    return month / 30;
  }

  String written() {
    String numbers =
        Arrays.stream(new double[] {messages, recipients, fresh, hour, month, named, failed})
            .mapToObj(each -> String.format(Locale.ROOT, "%.3f", each))
            .collect(Collectors.joining(" "));
    return at.toEpochMilli() + " " + mails + " " + since.toEpochMilli() + " " + numbers;
  }

  /**
   * As {@link #written}.
   *
   * @throws RuntimeException for anything else
   */
  static SenderLevels read(String text) {
    String[] words = text.split(" ", -1);
    double[] numbers = Arrays.stream(words).skip(3).mapToDouble(Double::parseDouble).toArray();
    return new SenderLevels(
        Instant.ofEpochMilli(Long.parseLong(words[0])),
        numbers[0],
        numbers[1],
        numbers[2],
        numbers[3],
        numbers[4],
        numbers[5],
        numbers[6],
        Long.parseLong(words[1]),
        Instant.ofEpochMilli(Long.parseLong(words[2])));
  }
}
