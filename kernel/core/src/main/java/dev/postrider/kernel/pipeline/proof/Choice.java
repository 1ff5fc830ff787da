package dev.postrider.kernel.pipeline.proof;

import dev.postrider.kernel.pipeline.Criterion;
import dev.postrider.plugin.EmailAddress;
import dev.postrider.plugin.Fact;
import dev.postrider.plugin.HeaderField;
import dev.postrider.plugin.Headers;
import dev.postrider.plugin.ReversePath;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * What a sending host chooses freely, so that matchers answer as a path presumes. Found by asking
 * them about a few mails that are made of the words in their conditions; where none fits, any.
 *
 * @param sender an address
 * @param helo the name given; empty for any
 * @param headers fields, {@code Name: value}
 */
record Choice(String sender, String helo, List<String> headers) {

  private static final Choice ANY = new Choice(Probes.SENDER.toString(), "", List.of());
  private static final Pattern BETWEEN_WORDS = Pattern.compile("[,;:=\\s]+");
  private static final int WORDS = 4;

  /** A choice for which the matchers answer so. */
  static Choice fitting(List<Presumption.Answers> presumed, boolean nullSender, Probes probes) {
    List<Presumption.Answers> chosen =
        presumed.stream()
            .filter(
                one ->
                    one.criterion() instanceof Criterion.Decided decided
                        && decided.fact() == Fact.SENDERS_CHOICE)
            .toList();
    if (chosen.isEmpty()) {
      return ANY;
    }
    return candidates(words(chosen)).stream()
        .filter(each -> each.fits(chosen, nullSender, probes))
        .findFirst()
        .orElse(ANY);
  }

  private static List<String> words(List<Presumption.Answers> presumed) {
    return presumed.stream()
        .filter(Presumption.Answers::matches)
        .map(one -> one.text().substring(one.text().indexOf('=') + 1))
        .flatMap(BETWEEN_WORDS::splitAsStream)
        .filter(word -> !word.isEmpty())
        .distinct()
        .limit(WORDS)
        .toList();
  }

  // The plainest first.
  private static List<Choice> candidates(List<String> words) {
    List<List<String>> headers = new ArrayList<>();
    headers.add(List.of());
    words.forEach(word -> headers.add(List.of("Subject: " + word)));
    words.forEach(word -> headers.add(List.of(word + ": x")));
    headers.add(words.stream().map(word -> word + ": x").toList());
    words.forEach(
        name ->
            words.stream()
                .filter(value -> !value.equals(name))
                .forEach(value -> headers.add(List.of(name + ": " + value))));
    List<Choice> out = new ArrayList<>();
    for (String helo : with("", words)) {
      for (String sender : senders(words)) {
        headers.forEach(fields -> out.add(new Choice(sender, helo, fields)));
      }
    }
    return out;
  }

  private static List<String> with(String first, List<String> more) {
    return Stream.concat(Stream.of(first), more.stream()).toList();
  }

  private static List<String> senders(List<String> words) {
    Stream<String> addresses =
        words.stream()
            .map(word -> word.contains("@") ? word : Probes.SENDER.localPart() + "@" + word)
            .map(EmailAddress::tryParse)
            .flatMap(Optional::stream)
            .map(EmailAddress::toString);
    return with(ANY.sender(), addresses.toList());
  }

  private boolean fits(List<Presumption.Answers> presumed, boolean nullSender, Probes probes) {
    try {
      Headers fields = new Headers(headers.stream().map(Choice::field).toList());
      ReversePath from = nullSender ? ReversePath.NULL : ReversePath.parse(sender);
      return presumed.stream()
          .allMatch(
              one ->
                  one.criterion() instanceof Criterion.Decided decided
                      && probes.matches(decided, from, helo, fields) == one.matches());
    } catch (IllegalArgumentException e) {
      // A word that is no name of a field or no sender.
      return false;
    }
  }

  private static HeaderField field(String line) {
    int colon = line.indexOf(": ");
    return HeaderField.of(line.substring(0, colon), line.substring(colon + 2));
  }
}
