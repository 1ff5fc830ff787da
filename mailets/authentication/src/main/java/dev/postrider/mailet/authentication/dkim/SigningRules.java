package dev.postrider.mailet.authentication.dkim;

import dev.postrider.plugin.Headers;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * Which fields a signature covers and for how long it holds.
 *
 * @param oversigned fields of which each one is signed and one more that is not there, so that
 *     nobody can add one (RFC 6376 §8.15)
 * @param signed other fields, signed as often as they are there
 * @param validFor how long the signature holds; empty for ever
 */
public record SigningRules(
    List<String> oversigned, List<String> signed, Optional<Duration> validFor) {

  /** What is shown to people, and what says how the body is to be read. */
  public static final List<String> OVERSIGNED =
      List.of(
          "From",
          "Sender",
          "Reply-To",
          "To",
          "Cc",
          "Subject",
          "Date",
          "Message-ID",
          "In-Reply-To",
          "References",
          "MIME-Version",
          "Content-Type",
          "Content-Transfer-Encoding");

  /** Of mailing lists and of automatic mail. */
  public static final List<String> SIGNED =
      List.of(
          "Content-ID",
          "Content-Description",
          "Auto-Submitted",
          "List-Id",
          "List-Help",
          "List-Unsubscribe",
          "List-Unsubscribe-Post",
          "List-Subscribe",
          "List-Post",
          "List-Owner",
          "List-Archive",
          "Autocrypt");

  // More fields of one name than anybody writes are left out of the signature.
  private static final int MOST_OF_A_NAME = 20;

  /** Copies the lists. */
  public SigningRules {
    oversigned = List.copyOf(oversigned);
    signed = List.copyOf(signed);
  }

  /** The {@code h=} for these fields, in lower case. */
  public List<String> names(Headers headers) {
    List<String> out = new ArrayList<>();
    for (String name : oversigned) {
      add(out, name, count(headers, name) + 1);
    }
    for (String name : signed) {
      add(out, name, count(headers, name));
    }
    return out;
  }

  private static int count(Headers headers, String name) {
    return Math.min(headers.count(name), MOST_OF_A_NAME);
  }

  private static void add(List<String> out, String name, int times) {
    for (int i = 0; i < times; i++) {
      out.add(name.toLowerCase(Locale.ROOT));
    }
  }
}
