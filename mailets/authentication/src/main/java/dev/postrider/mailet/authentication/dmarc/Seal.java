package dev.postrider.mailet.authentication.dmarc;

import dev.postrider.mailet.authentication.results.MethodResult;
import dev.postrider.mailet.authentication.results.ResultsField;
import dev.postrider.plugin.Mail;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/** What the last one who handed a mail on has found and sealed (RFC 8617 §4.1.1). */
final class Seal {

  private static final String FIELD = "ARC-Authentication-Results";

  private Seal() {}

  /** Whether the chain holds, its newest sealer is trusted, and says that DMARC passed there. */
  static boolean vouches(
      Mail mail, List<MethodResult> results, String author, Set<String> trusted) {
    Optional<MethodResult> chain =
        results.stream().filter(each -> each.is("arc", "pass")).findFirst();
    boolean believed =
        chain
            .flatMap(each -> each.value("header", "d"))
            .map(sealer -> sealer.toLowerCase(Locale.ROOT))
            .filter(trusted::contains)
            .isPresent();
    return believed
        && newest(mail)
            .filter(field -> field.results().stream().anyMatch(each -> isOf(each, author)))
            .isPresent();
  }

  private static boolean isOf(MethodResult result, String author) {
    return result.is("dmarc", "pass")
        && result.value("header", "from").filter(author::equalsIgnoreCase).isPresent();
  }

  // A chain that holds has each number once.
  private static Optional<ResultsField> newest(Mail mail) {
    int highest = 0;
    String found = "";
    for (String value : mail.message().headers().all(FIELD).map(each -> each.value()).toList()) {
      int semicolon = value.indexOf(';');
      int number = semicolon < 0 ? 0 : number(value.substring(0, semicolon));
      if (number > highest) {
        highest = number;
        found = value.substring(semicolon + 1);
      }
    }
    return ResultsField.read(found);
  }

  private static int number(String instance) {
    int equals = instance.indexOf('=');
    String digits = instance.substring(equals + 1).strip();
    boolean sound =
        equals > 0
            && instance.substring(0, equals).strip().equals("i")
            && !digits.isEmpty()
            && digits.length() <= 2
            && digits.chars().allMatch(c -> c >= '0' && c <= '9');
    return sound ? Integer.parseInt(digits) : 0;
  }
}
