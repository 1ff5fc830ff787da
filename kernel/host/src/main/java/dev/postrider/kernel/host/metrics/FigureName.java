package dev.postrider.kernel.host.metrics;

import dev.postrider.plugin.Text;
import java.util.regex.Pattern;

/** What figures, tags and their values may be called. */
final class FigureName {

  private static final Pattern NAME = Pattern.compile("[A-Za-z][A-Za-z0-9_.]{0,63}");
  private static final int VALUE = 64;

  private FigureName() {}

  static <T> T checked(String name, T figure) {
    if (!NAME.matcher(name).matches()) {
      throw new IllegalArgumentException(
          "'"
              + Text.shown(name)
              + "' is not the name of a figure: 1 to 64 letters, digits, _ and ., a letter first");
    }
    return figure;
  }

  static void checkTag(String tag, String value) {
    if (!NAME.matcher(tag).matches() || value.isEmpty() || value.length() > VALUE) {
      throw new IllegalArgumentException(
          "'"
              + Text.shown(tag)
              + "="
              + Text.shown(value)
              + "' is not a tag: a name like a figure's and a value of 1 to 64 characters");
    }
  }
}
