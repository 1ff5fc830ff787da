package dev.postrider.mailet.spam.mime;

/**
 * How much of a message is looked at. What lies beyond is left out, never a fault.
 *
 * @param octets of the body, undecoded; also what a walk keeps on the heap at most
 * @param depth of parts within parts
 * @param parts in all
 * @param text characters of readable text in all
 * @param urls in all
 */
public record Limits(int octets, int depth, int parts, int text, int urls) {

  /** Enough for every mail that people read: 1 MiB, 16 levels, 200 parts, 128 Ki characters. */
  public static Limits defaults() {
    return new Limits(1 << 20, 16, 200, 1 << 17, 100);
  }
}
