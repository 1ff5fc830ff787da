package dev.postrider.mailet.authentication.dmarc.report;

import java.io.IOException;
import java.io.StringReader;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.Map;
import java.util.stream.Collectors;
import javax.xml.stream.XMLInputFactory;
import javax.xml.stream.XMLStreamConstants;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamReader;

/**
 * What a report of others says (RFC 9990 §3.1, and RFC 7489 Appendix C before it).
 *
 * @param organization who reports
 * @param id names the report among those of its reporter
 * @param domain about whom
 * @param begin seconds since 1970
 * @param mails how many there were
 * @param rows how many of each kind; some are left out where there are too many
 */
record ReceivedReport(
    String organization,
    String id,
    String domain,
    long begin,
    long mails,
    Map<ReportedRow, Long> rows) {

  private static final int DEEPEST = 16;
  private static final int ROWS = 100_000;
  private static final int KINDS = 1000;
  private static final int TEXT = 256;

  ReceivedReport {
    rows = Map.copyOf(rows);
  }

  /** How many of them DKIM or SPF proved. */
  long passed() {
    return rows.entrySet().stream()
        .filter(each -> each.getKey().passed())
        .mapToLong(Map.Entry::getValue)
        .sum();
  }

  /** How many were not, by the sending host's address. */
  Map<String, Long> failed() {
    return rows.entrySet().stream()
        .filter(each -> !each.getKey().passed())
        .collect(Collectors.toMap(each -> each.getKey().source(), Map.Entry::getValue, Long::sum));
  }

  /**
   * Reads one, as UTF-8. No DTD, no entities, bounded depth and number of rows; linear time.
   *
   * @throws IOException when it is none
   */
  static ReceivedReport read(byte[] xml) throws IOException {
    XMLInputFactory factory = XMLInputFactory.newDefaultFactory();
    factory.setProperty(XMLInputFactory.SUPPORT_DTD, false);
    factory.setProperty(XMLInputFactory.IS_SUPPORTING_EXTERNAL_ENTITIES, false);
    factory.setProperty(XMLInputFactory.IS_REPLACING_ENTITY_REFERENCES, false);
    try {
      // The JDK's own decoder writes what it does not like to the standard error output.
      String text = new String(xml, StandardCharsets.UTF_8);
      XMLStreamReader reader = factory.createXMLStreamReader(new StringReader(text));
      return new Reading().read(reader);
    } catch (XMLStreamException e) {
      throw new IOException("the report is no XML", e);
    } catch (NumberFormatException e) {
      throw new IOException("the report has a number that is none", e);
    }
  }

  /** One under way. */
  private static final class Reading {
    private final Deque<String> path = new ArrayDeque<>();
    private final StringBuilder text = new StringBuilder();
    private final Map<ReportedRow, Long> kinds = new HashMap<>();
    private String organization = "";
    private String id = "";
    private String domain = "";
    private String source = "";
    private long begin;
    private long mails;
    private long count;
    private String headerFrom = "";
    private String disposition = "none";
    private boolean dkim;
    private boolean spf;
    private int rows;

    ReceivedReport read(XMLStreamReader reader) throws XMLStreamException, IOException {
      while (reader.hasNext()) {
        switch (reader.next()) {
          case XMLStreamConstants.DTD, XMLStreamConstants.ENTITY_REFERENCE ->
              throw new IOException("the report has a DTD or entities");
          case XMLStreamConstants.START_ELEMENT -> start(reader.getLocalName());
          case XMLStreamConstants.CHARACTERS, XMLStreamConstants.CDATA -> {
            if (text.length() < TEXT) {
              text.append(reader.getText());
              text.setLength(Math.min(text.length(), TEXT));
            }
          }
          case XMLStreamConstants.END_ELEMENT -> end();
          default -> {
            // Comments and the like say nothing.
          }
        }
      }
      if (domain.isEmpty()) {
        throw new IOException("the report names no domain");
      }
      return new ReceivedReport(organization, id, domain, begin, mails, kinds);
    }

    private void start(String name) throws IOException {
      if (path.size() >= DEEPEST) {
        throw new IOException("the report is too deep");
      }
      path.addLast(name);
      text.setLength(0);
    }

    private void end() throws IOException {
      String value = text.toString().strip();
      text.setLength(0);
      String place = String.join("/", path);
      path.removeLast();
      switch (place) {
        case "feedback/report_metadata/org_name" -> organization = value;
        case "feedback/report_metadata/report_id" -> id = value;
        case "feedback/report_metadata/date_range/begin" -> begin = Long.parseLong(value);
        case "feedback/policy_published/domain" -> domain = value;
        case "feedback/record/row/source_ip" -> source = value;
        case "feedback/record/row/count" -> count = Math.clamp(Long.parseLong(value), 0, 1L << 40);
        case "feedback/record/row/policy_evaluated/disposition" -> disposition = value;
        case "feedback/record/row/policy_evaluated/dkim" -> dkim = value.equals("pass");
        case "feedback/record/row/policy_evaluated/spf" -> spf = value.equals("pass");
        case "feedback/record/identifiers/header_from" -> headerFrom = value;
        case "feedback/record" -> row();
        default -> {
          // Not of interest here.
        }
      }
    }

    private void row() throws IOException {
      if (++rows > ROWS) {
        throw new IOException("the report has more than " + ROWS + " rows");
      }
      mails += count;
      ReportedRow kind = new ReportedRow(source, headerFrom, disposition, dkim, spf);
      if (kinds.containsKey(kind) || kinds.size() < KINDS) {
        kinds.merge(kind, count, Long::sum);
      }
      source = "";
      headerFrom = "";
      disposition = "none";
      count = 0;
      dkim = false;
      spf = false;
    }
  }
}
