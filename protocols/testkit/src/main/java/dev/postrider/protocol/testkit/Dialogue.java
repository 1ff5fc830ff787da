package dev.postrider.protocol.testkit;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/**
 * A conversation between a client and a server, as text:
 *
 * <pre>
 * # a comment
 * S: 220 ...
 * C: EHLO client.example
 * S: 250-...
 * S: 250 /.* LIMITS .*&#47;
 * C-: no line end here, escapes as everywhere: \r \n \t \0 \\ \xE9
 * TLS
 * CLOSED
 * </pre>
 *
 * <p>{@code C:} is one line of the client, CRLF added; client lines in a row go out in one piece.
 * {@code S:} is one line of the server, matched as {@link Expectation} says. {@code S*:} skips
 * lines of the server until one matches. {@code TLS} is a handshake, {@code CLOSED} the end by the
 * server.
 *
 * @param name for failures
 */
public record Dialogue(String name, List<Turn> turns) {

  /** Copies the list. */
  public Dialogue {
    turns = List.copyOf(turns);
  }

  /** One turn; {@code line} is its place in the text, from 1. */
  public sealed interface Turn {
    int line();
  }

  /** The client sends these octets. */
  @SuppressWarnings("ArrayRecordComponent")
  public record ClientSays(int line, byte[] octets) implements Turn {}

  /** The server sends one line; {@code text} is what stands after the colon. */
  public record ServerSays(int line, String text) implements Turn {
    Expectation expectation() {
      return new Expectation(text);
    }
  }

  /** The server sends lines up to and including this one. */
  public record ServerSaysAtLast(int line, String text) implements Turn {
    Expectation expectation() {
      return new Expectation(text);
    }
  }

  /** Both do a handshake. */
  public record Handshake(int line) implements Turn {}

  /** The server closes. */
  public record ServerCloses(int line) implements Turn {}

  /** Reads the resource that stands beside the class. */
  public static Dialogue resource(Class<?> beside, String name) throws IOException {
    try (InputStream in = beside.getResourceAsStream(name)) {
      if (in == null) {
        throw new IOException("no resource " + name + " beside " + beside.getName());
      }
      return parse(name, new String(in.readAllBytes(), StandardCharsets.UTF_8));
    }
  }

  /** Reads text. */
  public static Dialogue parse(String name, String text) {
    List<Turn> turns = new ArrayList<>();
    int line = 0;
    for (String raw : text.lines().toList()) {
      line++;
      if (!raw.isBlank() && !raw.startsWith("#")) {
        turns.add(turn(name, line, raw));
      }
    }
    return new Dialogue(name, turns);
  }

  private static Turn turn(String name, int line, String raw) {
    if (raw.strip().equals("TLS")) {
      return new Handshake(line);
    }
    if (raw.strip().equals("CLOSED")) {
      return new ServerCloses(line);
    }
    int colon = raw.indexOf(':');
    String who = colon < 0 ? raw : raw.substring(0, colon);
    String what = colon < 0 ? "" : raw.substring(colon + 1);
    if (what.startsWith(" ")) {
      what = what.substring(1);
    }
    return switch (who) {
      case "C" -> new ClientSays(line, unescape(what + "\\r\\n"));
      case "C-" -> new ClientSays(line, unescape(what));
      case "S" -> new ServerSays(line, what);
      case "S*" -> new ServerSaysAtLast(line, what);
      default ->
          throw new IllegalArgumentException(
              name + ":" + line + ": neither C:, C-:, S:, S*:, TLS nor CLOSED: " + raw);
    };
  }

  static byte[] unescape(String text) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    int i = 0;
    while (i < text.length()) {
      int c = text.codePointAt(i);
      i += Character.charCount(c);
      if (c != '\\' || i == text.length()) {
        out.writeBytes(Character.toString(c).getBytes(StandardCharsets.UTF_8));
        continue;
      }
      char escape = text.charAt(i++);
      switch (escape) {
        case 'r' -> out.write('\r');
        case 'n' -> out.write('\n');
        case 't' -> out.write('\t');
        case '0' -> out.write(0);
        case 'x' -> {
          out.write(Integer.parseInt(text.substring(i, i + 2), 16));
          i += 2;
        }
        default -> out.write(escape);
      }
    }
    return out.toByteArray();
  }
}
