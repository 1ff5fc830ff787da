package dev.postrider.kernel.host.plugin;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A version of the plugin API. Within a major version the API only grows.
 *
 * @param major another one is another API
 * @param minor what was added
 */
record ApiVersion(int major, int minor) {

  /** The attribute of a jar's manifest by which a plugin says what it was made for. */
  static final String ATTRIBUTE = "Postrider-Api";

  /** What this host offers. */
  static final ApiVersion OFFERED = new ApiVersion(1, 0);

  private static final Pattern FORM =
      Pattern.compile("(\\d{1,6})(?:\\.(\\d{1,6}))?(?:\\.\\d{1,6})?");

  /**
   * Reads {@code 1}, {@code 1.0} or {@code 1.0.3}.
   *
   * @throws IllegalArgumentException with a reason for a person
   */
  static ApiVersion parse(String text) {
    Matcher found = FORM.matcher(text.strip());
    if (!found.matches()) {
      throw new IllegalArgumentException(
          ATTRIBUTE + " '" + text + "' in its manifest is not a version such as 1.0");
    }
    String minor = found.group(2);
    return new ApiVersion(
        Integer.parseInt(found.group(1)), minor == null ? 0 : Integer.parseInt(minor));
  }

  /** Whether a plugin made for this version works here. */
  boolean isOffered() {
    return major <= OFFERED.major;
  }

  @Override
  public String toString() {
    return major + "." + minor;
  }
}
