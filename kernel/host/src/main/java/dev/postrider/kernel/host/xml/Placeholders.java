package dev.postrider.kernel.host.xml;

import dev.postrider.kernel.problem.Place;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.apache.commons.configuration2.interpol.ConfigurationInterpolator;
import org.jspecify.annotations.Nullable;

/**
 * Fills in {@code ${env:NAME:-default}} and {@code ${env:NAME}}; there is no other kind. An empty
 * variable counts as not set.
 */
final class Placeholders {

  private static final Pattern USE = Pattern.compile("\\$\\{([^}]*)}?");
  private static final Pattern KNOWN = Pattern.compile("env:([A-Za-z_][A-Za-z0-9_]*)(:-.*)?");
  private static final String FORM = "write ${env:NAME:-default}";

  private final Map<String, String> environment;
  private final ConfigurationInterpolator interpolator = new ConfigurationInterpolator();

  Placeholders(Map<String, String> environment) {
    this.environment = Map.copyOf(environment);
    interpolator.registerLookup("env", this::value);
    interpolator.setEnableSubstitutionInVariables(false);
  }

  /** The text with its placeholders filled in; what can't be is a problem of this place. */
  String fill(String text, Place place, Problems problems) {
    if (!text.contains("${")) {
      return text;
    }
    boolean known = true;
    Matcher uses = USE.matcher(text);
    while (uses.find()) {
      known &= check(uses, place, problems);
    }
    if (!known) {
      return text;
    }
    try {
      return String.valueOf(interpolator.interpolate(text));
    } catch (IllegalStateException e) {
      problems.add(place, "'" + text + "' leads to itself through the environment", "");
      return text;
    }
  }

  private boolean check(Matcher use, Place place, Problems problems) {
    Matcher known = KNOWN.matcher(use.group(1));
    if (!use.group().endsWith("}") || !known.matches()) {
      problems.add(place, "'" + use.group() + "' is not a placeholder that is known", FORM);
      return false;
    }
    if (known.group(2) == null && value(known.group(1)) == null) {
      problems.add(
          place,
          "the environment variable " + known.group(1) + " is not set",
          "set it, or write ${env:" + known.group(1) + ":-default}");
      return false;
    }
    return true;
  }

  private @Nullable String value(String name) {
    String value = environment.get(name);
    return value == null || value.isEmpty() ? null : value;
  }
}
