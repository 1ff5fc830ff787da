package dev.postrider.mailet.standard;

import java.util.Collection;

/** Checks of parameters whose type can't say that they are needed. */
final class Given {

  private Given() {}

  /**
   * The collection, which has at least one element.
   *
   * @throws IllegalArgumentException naming the parameter when it has none
   */
  static <C extends Collection<?>> C some(String parameter, C values) {
    if (values.isEmpty()) {
      throw new IllegalArgumentException("'" + parameter + "' needs at least one value");
    }
    return values;
  }
}
