package dev.postrider.mailet.authentication.dmarc.report;

import java.util.LinkedHashMap;
import java.util.Map;

/** Small maps as text: {@code name=value}, one a line. */
final class Lines {

  private Lines() {}

  static Map<String, String> read(String text) {
    Map<String, String> all = new LinkedHashMap<>();
    text.lines()
        .filter(line -> line.indexOf('=') > 0)
        .forEach(
            line ->
                all.put(
                    line.substring(0, line.indexOf('=')), line.substring(line.indexOf('=') + 1)));
    return all;
  }

  static String write(Map<String, String> all) {
    StringBuilder out = new StringBuilder();
    all.forEach((name, value) -> out.append(name).append('=').append(value).append('\n'));
    return out.toString();
  }
}
