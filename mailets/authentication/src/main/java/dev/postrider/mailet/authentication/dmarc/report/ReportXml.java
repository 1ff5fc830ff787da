package dev.postrider.mailet.authentication.dmarc.report;

import java.util.Map;
import java.util.Objects;

/**
 * A report as XML (RFC 9990 §3.1.1, Appendix A). Tags that a domain does not publish stand in it
 * with their defaults.
 */
final class ReportXml {

  private static final String GENERATOR =
      "Postrider "
          + Objects.requireNonNullElse(
              ReportXml.class.getPackage().getImplementationVersion(), "without a version");

  private final StringBuilder out = new StringBuilder();

  private ReportXml() {}

  /**
   * Writes a report.
   *
   * @param organization who reports
   * @param email whom to ask about it
   * @param id of the report
   */
  static String of(Counts.Period period, String organization, String email, String id) {
    return new ReportXml().write(period, organization, email, id);
  }

  private String write(Counts.Period period, String organization, String email, String id) {
    out.append("<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n");
    out.append("<feedback xmlns=\"urn:ietf:params:xml:ns:dmarc-2.0\">\n");
    value("version", "1.0");
    open("report_metadata");
    value("org_name", organization);
    value("email", email);
    value("report_id", id);
    open("date_range");
    value("begin", Long.toString(period.begin().getEpochSecond()));
    value("end", Long.toString(period.end().getEpochSecond() - 1));
    close("date_range");
    String error = period.published().getOrDefault("error", "");
    if (!error.isEmpty()) {
      value("error", error);
    }
    value("generator", GENERATOR);
    close("report_metadata");
    policy(period.published());
    period.rows().entrySet().stream()
        .sorted(
            Map.Entry.<Row, Long>comparingByValue()
                .reversed()
                .thenComparing(each -> each.getKey().write()))
        .forEach(each -> row(each.getKey(), each.getValue()));
    close("feedback");
    return out.toString();
  }

  private void policy(Map<String, String> published) {
    open("policy_published");
    String policy = published.getOrDefault("p", "none");
    String below = published.getOrDefault("sp", policy);
    value("domain", published.getOrDefault("domain", ""));
    value("discovery_method", "treewalk");
    value("p", policy);
    value("sp", below);
    value("np", published.getOrDefault("np", below));
    if (published.containsKey("fo")) {
      value("fo", published.get("fo"));
    }
    value("adkim", published.getOrDefault("adkim", "r"));
    value("aspf", published.getOrDefault("aspf", "r"));
    value("testing", published.getOrDefault("t", "n"));
    close("policy_published");
  }

  private void row(Row row, long count) {
    open("record");
    open("row");
    value("source_ip", row.source());
    value("count", Long.toString(count));
    open("policy_evaluated");
    value("disposition", row.disposition());
    value("dkim", row.dkim());
    value("spf", row.spf());
    if (!row.override().isEmpty()) {
      open("reason");
      value("type", row.override());
      close("reason");
    }
    close("policy_evaluated");
    close("row");
    open("identifiers");
    value("header_from", row.headerFrom());
    value("envelope_from", row.envelopeFrom());
    close("identifiers");
    open("auth_results");
    row.proofs().stream().filter(each -> each.method().equals("dkim")).forEach(this::proof);
    row.proofs().stream().filter(each -> each.method().equals("spf")).forEach(this::proof);
    close("auth_results");
    close("record");
  }

  private void proof(Row.Proof proof) {
    open(proof.method());
    value("domain", proof.domain());
    value(proof.method().equals("dkim") ? "selector" : "scope", proof.detail());
    value("result", proof.result());
    close(proof.method());
  }

  private void open(String name) {
    out.append('<').append(name).append(">\n");
  }

  private void close(String name) {
    out.append("</").append(name).append(">\n");
  }

  private void value(String name, String text) {
    out.append('<').append(name).append('>');
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      switch (c) {
        case '&' -> out.append("&amp;");
        case '<' -> out.append("&lt;");
        case '>' -> out.append("&gt;");
        default -> out.append(c < ' ' || c > '~' ? '?' : c);
      }
    }
    out.append("</").append(name).append(">\n");
  }
}
