package dev.postrider.mailet.authentication.dmarc;

import dev.postrider.mailet.authentication.results.MethodResult;
import dev.postrider.mailet.authentication.results.ResultsField;
import dev.postrider.mailet.authentication.results.SealedResults;
import dev.postrider.plugin.Mail;
import java.util.Comparator;
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
    return mail.message()
        .headers()
        .all(FIELD)
        .flatMap(field -> SealedResults.read(field.value()).stream())
        .filter(each -> each.instance() > 0)
        .max(Comparator.comparingInt(SealedResults::instance))
        .flatMap(SealedResults::results);
  }
}
