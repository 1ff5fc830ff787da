package dev.postrider.mailet.authentication.dmarc.report;

import java.io.IOException;
import java.io.StringReader;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Map;
import java.util.TreeMap;
import javax.xml.stream.XMLInputFactory;
import javax.xml.stream.XMLStreamConstants;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamReader;

/**
 * What a report of others says (RFC 9990 §3.1, and RFC 7489 Appendix C before it).
 *
 * @param organization who reports
 * @param domain about whom
 * @param begin seconds since 1970
 * @param mails how many there were
 * @param passed how many of them DKIM or SPF proved
 * @param failed how many were not, by the sending host's address
 */
record ReceivedReport(
    String organization,
    String domain,
    long begin,
    long mails,
    long passed,
    Map<String, Long> failed) {

  private static final int DEEPEST = 16;
  private static final int ROWS = 100_000;
  private static final int SOURCES = 1000;
  private static final int TEXT = 256;

  ReceivedReport {
    failed = Map.copyOf(failed);
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
    private final Map<String, Long> failed = new TreeMap<>();
    private String organization = "";
    private String domain = "";
    private String source = "";
    private long begin;
    private long mails;
    private long passed;
    private long count;
    private boolean proven;
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
      return new ReceivedReport(organization, domain, begin, mails, passed, failed);
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
        case "feedback/report_metadata/date_range/begin" -> begin = Long.parseLong(value);
        case "feedback/policy_published/domain" -> domain = value;
        case "feedback/record/row/source_ip" -> source = value;
        case "feedback/record/row/count" -> count = Math.clamp(Long.parseLong(value), 0, 1L << 40);
        case "feedback/record/row/policy_evaluated/dkim",
            "feedback/record/row/policy_evaluated/spf" ->
            proven |= value.equals("pass");
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
      if (proven) {
        passed += count;
      } else if (failed.containsKey(source) || failed.size() < SOURCES) {
        failed.merge(source, count, Long::sum);
      }
      source = "";
      count = 0;
      proven = false;
    }
  }
}
