package dev.postrider.mailet.authentication.dmarc.report;

import java.util.Optional;

/**
 * What mails that another server counted together have in common.
 *
 * @param source the sending host's address
 * @param headerFrom the author's domain
 * @param disposition what was done: {@code none}, {@code quarantine}, {@code reject} or {@code
 *     pass}
 * @param dkim whether an aligned signature held
 * @param spf whether SPF passed for an aligned sender
 */
record ReportedRow(
    String source, String headerFrom, String disposition, boolean dkim, boolean spf) {

  private static final int FIELDS = 5;

  boolean passed() {
    return dkim || spf;
  }

  /** As text; whatever others wrote, it is one line. */
  String write() {
    return String.join(
        "\t",
        plain(source),
        plain(headerFrom),
        plain(disposition),
        Boolean.toString(dkim),
        Boolean.toString(spf));
  }

  /** From that text; empty where it is none. */
  static Optional<ReportedRow> read(String text) {
    String[] all = text.split("\t", -1);
    return all.length == FIELDS
        ? Optional.of(
            new ReportedRow(
                all[0], all[1], all[2], Boolean.parseBoolean(all[3]), Boolean.parseBoolean(all[4])))
        : Optional.empty();
  }

  /** One line without tabs, of a length that a name may have. */
  static String plain(String text) {
    StringBuilder out = new StringBuilder();
    text.chars().limit(255).forEach(c -> out.append(isPlain(c) ? (char) c : '?'));
    return out.toString();
  }

  private static boolean isPlain(int c) {
    return c > ' ' && !Character.isISOControl(c) && Character.getType(c) != Character.FORMAT;
  }
}
