package dev.postrider.kernel.host.http;

import dev.postrider.plugin.Content;
import dev.postrider.plugin.Text;
import dev.postrider.plugin.service.HttpAnswer;
import dev.postrider.plugin.service.HttpField;
import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Reads one answer (RFC 9112): head of at most 64 KiB and 200 fields, body up to a limit. What is
 * ambiguous is refused; what is only unusual about its end is read, but keeps the connection from
 * being used again. Not thread-safe.
 */
final class AnswerReader {

  private static final int MAX_HEAD = 64 * 1024;
  private static final int MAX_FIELDS = 200;
  private static final int MAX_INTERIM = 10;

  private final InputStream in;
  private final int maxBody;
  private int headOctets;
  private boolean heard;
  private boolean plain = true;
  private Duration keep = Duration.ZERO;

  AnswerReader(InputStream in, int maxBody) {
    this.in = in;
    this.maxBody = maxBody;
  }

  /** Whether an octet has come. */
  boolean heard() {
    return heard;
  }

  /** How long the connection may be kept after the answer; zero where it must not. */
  Duration keep() {
    return keep;
  }

  HttpAnswer.Answered read(String method) throws IOException {
    for (int i = 0; i <= MAX_INTERIM; i++) {
      String line = line();
      int status = status(line);
      List<HttpField> fields = fields();
      if (status >= 200) {
        boolean bare = method.equals("HEAD") || status == 204 || status == 304;
        byte[] body = bare ? new byte[0] : body(fields);
        // An answer that others expect to have a body, or that came after one to nothing.
        plain &= i == 0 && line.startsWith("HTTP/1.1") && (!bare || isEmpty(status, fields));
        keep = plain ? KeepAlive.of(fields) : Duration.ZERO;
        return new HttpAnswer.Answered(status, fields, Content.of(body));
      }
    }
    throw new IOException("more than " + MAX_INTERIM + " interim answers");
  }

  private static boolean isEmpty(int status, List<HttpField> fields) {
    return status == 204
        && values(fields, "Transfer-Encoding").isEmpty()
        && Set.of("0").containsAll(values(fields, "Content-Length"));
  }

  private static int status(String line) throws IOException {
    boolean sane =
        line.length() >= 12
            && (line.startsWith("HTTP/1.1 ") || line.startsWith("HTTP/1.0 "))
            && line.substring(9, 12).chars().allMatch(c -> c >= '0' && c <= '9')
            && (line.length() == 12 || line.charAt(12) == ' ');
    int status = sane ? Integer.parseInt(line.substring(9, 12)) : 0;
    if (status < 100 || status > 599 || status == 101) {
      throw new IOException("'" + Text.shown(line) + "' is not the begin of an answer");
    }
    return status;
  }

  private List<HttpField> fields() throws IOException {
    List<HttpField> fields = new ArrayList<>();
    for (String line = line(); !line.isEmpty(); line = line()) {
      int colon = line.indexOf(':');
      if (colon <= 0 || fields.size() == MAX_FIELDS) {
        throw new IOException("'" + Text.shown(line) + "' is not a header field, or one too many");
      }
      try {
        fields.add(new HttpField(line.substring(0, colon), line.substring(colon + 1)));
      } catch (IllegalArgumentException e) {
        throw new IOException(String.valueOf(e.getMessage()), e);
      }
    }
    return fields;
  }

  private byte[] body(List<HttpField> fields) throws IOException {
    Set<String> lengths = values(fields, "Content-Length");
    Set<String> codings = values(fields, "Transfer-Encoding");
    if (!codings.isEmpty()) {
      if (!codings.equals(Set.of("chunked")) || !lengths.isEmpty()) {
        throw new IOException("the length of the answer is ambiguous: " + codings + lengths);
      }
      return chunks();
    }
    if (lengths.isEmpty()) {
      return untilClosed();
    }
    plain &= fields.stream().filter(field -> field.is("Content-Length")).count() == 1;
    long length = lengths.size() == 1 ? number(lengths.iterator().next(), 10) : -1;
    if (length < 0) {
      throw new IOException("the length of the answer is ambiguous: " + lengths);
    }
    return exactly(length, new ByteArrayOutputStream()).toByteArray();
  }

  private static Set<String> values(List<HttpField> fields, String name) {
    return fields.stream()
        .filter(field -> field.is(name))
        .map(field -> field.value().toLowerCase(Locale.ROOT))
        .collect(Collectors.toSet());
  }

  private byte[] chunks() throws IOException {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    while (true) {
      String line = line();
      int end = line.indexOf(';');
      long size = number((end < 0 ? line : line.substring(0, end)).strip(), 16);
      if (size < 0) {
        throw new IOException("'" + Text.shown(line) + "' is not the size of a chunk");
      }
      if (size == 0) {
        fields();
        return out.toByteArray();
      }
      exactly(size, out);
      if (!line().isEmpty()) {
        throw new IOException("a chunk is longer than it said");
      }
      headOctets = 0;
    }
  }

  private ByteArrayOutputStream exactly(long size, ByteArrayOutputStream out) throws IOException {
    if (size > maxBody - out.size()) {
      throw tooMuch();
    }
    byte[] octets = in.readNBytes((int) size);
    if (octets.length < size) {
      throw new EOFException("the answer is cut off");
    }
    out.writeBytes(octets);
    return out;
  }

  private byte[] untilClosed() throws IOException {
    plain = false;
    byte[] octets = in.readNBytes(maxBody);
    if (in.read() >= 0) {
      throw tooMuch();
    }
    return octets;
  }

  private IOException tooMuch() {
    return new IOException("the answer has more than " + maxBody + " octets");
  }

  private static long number(String text, int radix) {
    boolean digits =
        !text.isEmpty() && text.chars().allMatch(c -> c < 0x80 && Character.digit(c, radix) >= 0);
    return digits && text.length() <= 15 ? Long.parseLong(text, radix) : -1;
  }

  private String line() throws IOException {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    for (int c = in.read(); c != '\n'; c = in.read()) {
      heard |= c >= 0;
      if (c < 0) {
        throw new EOFException("the connection ended before the answer did");
      }
      if (++headOctets > MAX_HEAD) {
        throw new IOException("the head of the answer has more than " + MAX_HEAD + " octets");
      }
      out.write(c);
    }
    String line = out.toString(StandardCharsets.ISO_8859_1);
    boolean whole = line.endsWith("\r");
    // Others may see other lines where a line does not end with CRLF, or holds a CR.
    plain &= whole && line.indexOf('\r') == line.length() - 1;
    return whole ? line.substring(0, line.length() - 1) : line;
  }
}
