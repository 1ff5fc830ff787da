package dev.postrider.mailet.authentication.arc;

import dev.postrider.mailet.authentication.dkim.Canonicalization;
import dev.postrider.plugin.HeaderField;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/**
 * What seals cover: all sets up to their own, each as results, message signature and seal, in the
 * relaxed form (RFC 8617 §5.1.1). Each field is brought to its form once.
 */
final class SealedText {

  private final List<Integer> ends = new ArrayList<>();
  private final StringBuilder text = new StringBuilder();

  /** The sets of a chain. */
  SealedText(List<ArcSet> sets) {
    for (ArcSet set : sets) {
      add(set.results());
      add(set.messageField());
      ends.add(text.length());
      add(set.sealField());
    }
  }

  /**
   * The octets under the seal of a set.
   *
   * @param instance which set
   * @param unsigned that seal with an empty {@code b=}
   */
  byte[] octets(int instance, String unsigned) {
    String before = text.substring(0, ends.get(instance - 1));
    return octets(before + Canonicalization.RELAXED.header(unsigned));
  }

  /** The octets under the seal of a set that is about to be added. */
  byte[] octets(HeaderField results, HeaderField message, String unsigned) {
    return octets(
        text + relaxed(results) + relaxed(message) + Canonicalization.RELAXED.header(unsigned));
  }

  private void add(HeaderField field) {
    text.append(relaxed(field));
  }

  private static String relaxed(HeaderField field) {
    return Canonicalization.RELAXED.header(field.raw()) + "\r\n";
  }

  private static byte[] octets(String text) {
    return text.getBytes(StandardCharsets.ISO_8859_1);
  }
}
