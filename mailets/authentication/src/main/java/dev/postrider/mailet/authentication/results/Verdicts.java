package dev.postrider.mailet.authentication.results;

import dev.postrider.plugin.Mail;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * The results that the checks of a mail have left so far, in its attribute {@value #ATTRIBUTE}: one
 * per line, in the order of the checks.
 *
 * <p>Limits: an attribute has 8 KiB, so the lines of one method have {@value #METHOD} octets
 * together, whatever a sender makes the check say. A result that is too long loses reason and
 * comment, one that is still too long is left out.
 */
public final class Verdicts {

  /** The attribute. */
  public static final String ATTRIBUTE = "authentication.results";

  /** Octets of all lines of one method. */
  public static final int METHOD = 2560;

  private static final int ALL = 8192;

  private Verdicts() {}

  /** The results so far; lines that are none are passed over. */
  public static List<MethodResult> of(Mail mail) {
    return mail.attribute(ATTRIBUTE).stream()
        .flatMap(String::lines)
        .map(MethodResult::read)
        .flatMap(Optional::stream)
        .toList();
  }

  /** The results of one method. */
  public static List<MethodResult> of(Mail mail, String method) {
    return of(mail).stream().filter(each -> each.isOf(method)).toList();
  }

  /** The same mail with one more result. */
  public static Mail add(Mail mail, MethodResult more) {
    return add(mail, List.of(more));
  }

  /** The same mail with more results. */
  public static Mail add(Mail mail, List<MethodResult> more) {
    List<String> lines =
        new ArrayList<>(mail.attribute(ATTRIBUTE).stream().flatMap(String::lines).toList());
    for (MethodResult each : more) {
      MethodResult bare =
          new MethodResult(
              each.method(), each.result(), Optional.empty(), Optional.empty(), each.properties());
      if (fits(lines, each)) {
        lines.add(each.toString());
      } else if (fits(lines, bare)) {
        lines.add(bare.toString());
      }
    }
    return lines.isEmpty() ? mail : mail.withAttribute(ATTRIBUTE, String.join("\n", lines));
  }

  private static boolean fits(List<String> lines, MethodResult next) {
    int length = next.toString().length() + 1;
    String start = next.method() + "=";
    int all = lines.stream().mapToInt(line -> line.length() + 1).sum();
    int same =
        lines.stream()
            .filter(line -> line.startsWith(start))
            .mapToInt(line -> line.length() + 1)
            .sum();
    return same + length <= METHOD && all + length <= ALL;
  }
}
