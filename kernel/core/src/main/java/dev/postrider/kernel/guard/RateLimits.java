package dev.postrider.kernel.guard;

/**
 * What one network may begin at a listener in each minute; as much may come at once.
 *
 * @param connections opened
 * @param messages begun, by clients that did not log in
 * @param recipients named, by clients that did not log in
 */
public record RateLimits(int connections, int messages, int recipients) {

  /** 300, 600 and 3000. */
  public static final RateLimits DEFAULT = new RateLimits(300, 600, 3000);

  /** Refuses limits below one. */
  public RateLimits {
    if (connections < 1 || messages < 1 || recipients < 1) {
      throw new IllegalArgumentException("a rate below 1 a minute would refuse everybody");
    }
  }
}
