package dev.postrider.mailet.spam.lists;

import dev.postrider.mailet.spam.score.Points;
import dev.postrider.plugin.Doc;
import dev.postrider.plugin.Domains;
import dev.postrider.plugin.Text;
import java.net.InetAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * A list in the DNS and what its answers are worth.
 *
 * @param zone its name
 * @param codes points for answers; where several apply, the one farthest from 0 counts
 */
@Doc("zone points, or zone with code=points")
public record ListedZone(String zone, List<Code> codes) {

  /**
   * Answers that mean the same (RFC 5782 §2.3).
   *
   * @param low the first of them, such as 127.0.0.2
   * @param high the last of them
   * @param points what they are worth
   */
  public record Code(int low, int high, Points points) {
    boolean covers(int answer) {
      return answer >= low && answer <= high;
    }
  }

  // Lists answer out of 127/8; 127.255.255/24 are their error codes, and anything else is a
  // resolver that lies or a list that is no more.
  private static final int ANY_LOW = 0x7f000002;
  private static final int ANY_HIGH = 0x7ffffeff;

  /** Copies the list. */
  public ListedZone {
    codes = List.copyOf(codes);
  }

  /**
   * Reads {@code zone.example 4} or {@code zone.example 127.0.0.2=4 127.0.0.10-127.0.0.11=1.5}.
   *
   * @throws IllegalArgumentException when it is not of that form
   */
  public static ListedZone parse(String text) {
    List<String> words = List.of(text.strip().split("[ \t\r\n]+"));
    if (words.size() < 2) {
      throw new IllegalArgumentException(
          "'" + Text.shown(text) + "' is not a list with points, such as bl.example.org 3");
    }
    String zone = Domains.normalise(words.getFirst());
    List<Code> codes = new ArrayList<>();
    for (String word : words.subList(1, words.size())) {
      int equals = word.indexOf('=');
      Points points = Points.parse(word.substring(equals + 1));
      if (equals < 0) {
        codes.add(new Code(ANY_LOW, ANY_HIGH, points));
      } else {
        String[] range = word.substring(0, equals).split("-", 2);
        codes.add(new Code(address(range[0]), address(range[range.length - 1]), points));
      }
    }
    return new ListedZone(zone, codes);
  }

  /** What one answer is worth. */
  Optional<Points> points(InetAddress answer) {
    byte[] octets = answer.getAddress();
    if (octets.length != 4 || octets[0] != 127) {
      return Optional.empty();
    }
    int number = number(octets);
    return codes.stream()
        .filter(code -> code.covers(number))
        .map(Code::points)
        .max((one, other) -> Double.compare(Math.abs(one.value()), Math.abs(other.value())));
  }

  private static int address(String text) {
    try {
      byte[] octets = InetAddress.ofLiteral(text).getAddress();
      if (octets.length == 4 && octets[0] == 127) {
        return number(octets);
      }
    } catch (IllegalArgumentException e) {
      throw new IllegalArgumentException("'" + Text.shown(text) + "' is no code of a list", e);
    }
    throw new IllegalArgumentException("a list answers 127.…, not '" + Text.shown(text) + "'");
  }

  private static int number(byte[] octets) {
    int number = 0;
    for (byte octet : octets) {
      number = number << 8 | octet & 0xff;
    }
    return number;
  }
}
