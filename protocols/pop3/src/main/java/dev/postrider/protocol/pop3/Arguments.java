package dev.postrider.protocol.pop3;

import java.util.OptionalInt;

/** Reads numbers of commands. */
final class Arguments {

  private Arguments() {}

  /** A decimal number of 1 to 9 digits; empty for anything else. */
  static OptionalInt number(String text) {
    if (text.isEmpty() || text.length() > 9) {
      return OptionalInt.empty();
    }
    int value = 0;
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (c < '0' || c > '9') {
        return OptionalInt.empty();
      }
      value = value * 10 + (c - '0');
    }
    return OptionalInt.of(value);
  }

  /** The number of a message of the listing that is not marked as deleted. */
  static OptionalInt message(Pop3State.Transaction state, String text) {
    OptionalInt number = number(text);
    if (number.isEmpty()) {
      return number;
    }
    int value = number.getAsInt();
    return value >= 1 && value <= state.listing().count() && !state.deleted().contains(value)
        ? number
        : OptionalInt.empty();
  }
}
