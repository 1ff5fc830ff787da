package dev.postrider.mailet.authentication.dmarc.report;

import java.time.ZoneOffset;
import java.util.Map;

/** A report as XML (RFC 9990 §3.1). */
final class ReportXml {

  private static final long DAY = 86_400;

  private final StringBuilder out = new StringBuilder();

  private ReportXml() {}

  /**
   * Writes a report.
   *
   * @param organization who reports
   * @param email whom to ask about it
   * @param id of the report
   */
  static String of(Counts.Day day, String organization, String email, String id) {
    return new ReportXml().write(day, organization, email, id);
  }

  private String write(Counts.Day day, String organization, String email, String id) {
    long begin = day.day().atStartOfDay(ZoneOffset.UTC).toEpochSecond();
    out.append("<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n");
    out.append("<feedback xmlns=\"urn:ietf:params:xml:ns:dmarc-2.0\">\n");
    value("version", "1.0");
    open("report_metadata");
    value("org_name", organization);
    value("email", email);
    value("report_id", id);
    open("date_range");
    value("begin", Long.toString(begin));
    value("end", Long.toString(begin + DAY - 1));
    close("date_range");
    close("report_metadata");
    policy(day.published());
    day.rows().entrySet().stream()
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
    for (String tag : new String[] {"domain", "p", "sp", "np", "adkim", "aspf"}) {
      if (published.containsKey(tag)) {
        value(tag, published.get(tag));
      }
    }
    value("testing", published.getOrDefault("t", "n"));
    value("discovery_method", "treewalk");
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
