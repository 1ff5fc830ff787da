package dev.postrider.kernel.guard;

/**
 * What one envelope sender may begin at a listener, from all networks together; 0: no limit.
 *
 * @param messages in each minute with one address; as many may come at once
 * @param ofDomain messages in each minute with the addresses of one domain
 * @param atOnce messages with one address that wait for their answer at a time
 */
public record SenderRateLimits(int messages, int ofDomain, int atOnce) {

  /** 600, 3000 and 50: a list that sends from one host meets the limits of its network first. */
  public static final SenderRateLimits DEFAULT = new SenderRateLimits(600, 3000, 50);

  /** No limit at all. */
  public static final SenderRateLimits NONE = new SenderRateLimits(0, 0, 0);

  /** Refuses negative numbers. */
  public SenderRateLimits {
    if (messages < 0 || ofDomain < 0 || atOnce < 0) {
      throw new IllegalArgumentException("the rates of senders can't be negative");
    }
  }
}
