package dev.postrider.kernel.state;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Comparator;

/** The order of keys. */
public final class KeyOrder {

  /** By the octets in UTF-8, which is not the order of {@link String#compareTo} beyond U+FFFF. */
  public static final Comparator<String> OCTETS =
      (one, other) ->
          Arrays.compareUnsigned(
              one.getBytes(StandardCharsets.UTF_8), other.getBytes(StandardCharsets.UTF_8));

  private KeyOrder() {}
}
