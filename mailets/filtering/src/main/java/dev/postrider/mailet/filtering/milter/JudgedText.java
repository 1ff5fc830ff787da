package dev.postrider.mailet.filtering.milter;

import dev.postrider.plugin.EnhancedStatus;
import dev.postrider.plugin.Mail;
import dev.postrider.plugin.Recipient;
import dev.postrider.plugin.Status;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What a milter said, as lines of text: the agreement, {@code refuse}, {@code discard} or {@code
 * pass}, then a line for each refused recipient and each change. Words are apart by blanks; all but
 * numbers and keywords are in base64, {@code -} where it is empty.
 */
final class JudgedText {

  private static final String EMPTY = "-";

  private final Mail mail;

  /** Recipients are those of the mail. */
  JudgedText(Mail mail) {
    this.mail = mail;
  }

  String write(MilterClient.Judged judged) {
    List<String> lines = new ArrayList<>();
    Agreement agreement = judged.agreement();
    lines.add(
        "agreement %d %d %d"
            .formatted(agreement.version(), agreement.actions(), agreement.steps()));
    switch (judged.verdict()) {
      case Verdict.Discard() -> lines.add("discard");
      case Verdict.Refuse(Status status) -> lines.add("refuse " + text(status));
      case Verdict.Pass(Changes changes, Map<Recipient, Status> refused) -> {
        lines.add("pass");
        refused.forEach(
            (recipient, status) ->
                lines.add("not " + coded(recipient.toString()) + " " + text(status)));
        changes.each().forEach(change -> lines.add(text(change)));
        changes.body().ifPresent(body -> lines.add("body " + octets(body)));
      }
    }
    return String.join("\n", lines);
  }

  private static String text(Status status) {
    return status.code() + " " + status.enhanced() + " " + coded(status.text());
  }

  private static String text(Change change) {
    return switch (change) {
      case Change.AddHeader(String name, String value) -> "add " + coded(name) + " " + coded(value);
      case Change.InsertHeader(long index, String name, String value) ->
          "insert " + index + " " + coded(name) + " " + coded(value);
      case Change.ChangeHeader(long index, String name, String value) ->
          "change " + index + " " + coded(name) + " " + coded(value);
      case Change.AddRecipient(String address, List<String> parameters) ->
          "to " + coded(address) + " " + coded(String.join(" ", parameters));
      case Change.RemoveRecipient(String address) -> "without " + coded(address);
      case Change.ChangeSender(String address) -> "from " + coded(address);
      case Change.Quarantine(String reason) -> "quarantine " + coded(reason);
    };
  }

  /**
   * Reads it.
   *
   * @throws IllegalArgumentException when it is no such text
   */
  MilterClient.Judged read(String text) {
    Agreement agreement = Agreement.NONE;
    Verdict verdict = new Verdict.Pass(Changes.NONE, Map.of());
    Map<Recipient, Status> refused = new HashMap<>();
    List<Change> changes = new ArrayList<>();
    Optional<byte[]> body = Optional.empty();
    for (String line : text.lines().map(String::strip).filter(each -> !each.isEmpty()).toList()) {
      String[] words = line.split(" ", -1);
      switch (words[0]) {
        case "agreement" ->
            agreement =
                new Agreement(number(words, 1), number(words, 2), number(words, 3), Map.of());
        case "pass" -> verdict = new Verdict.Pass(Changes.NONE, Map.of());
        case "discard" -> verdict = new Verdict.Discard();
        case "refuse" -> verdict = new Verdict.Refuse(status(words, 1));
        case "not" -> refused.put(recipient(word(words, 1)), status(words, 2));
        case "body" -> body = Optional.of(Base64.getDecoder().decode(at(words, 1)));
        default -> changes.add(change(words));
      }
    }
    return new MilterClient.Judged(
        verdict instanceof Verdict.Pass
            ? new Verdict.Pass(new Changes(changes, body), refused)
            : verdict,
        agreement);
  }

  private static Change change(String[] words) {
    return switch (words[0]) {
      case "add" -> new Change.AddHeader(word(words, 1), word(words, 2));
      case "insert" -> new Change.InsertHeader(number(words, 1), word(words, 2), word(words, 3));
      case "change" -> new Change.ChangeHeader(number(words, 1), word(words, 2), word(words, 3));
      case "to" -> new Change.AddRecipient(word(words, 1), parameters(word(words, 2)));
      case "without" -> new Change.RemoveRecipient(word(words, 1));
      case "from" -> new Change.ChangeSender(word(words, 1));
      case "quarantine" -> new Change.Quarantine(word(words, 1));
      default -> throw new IllegalArgumentException("'" + words[0] + "' is nothing a milter says");
    };
  }

  private static List<String> parameters(String text) {
    return text.isEmpty() ? List.of() : List.of(text.split(" "));
  }

  private Recipient recipient(String address) {
    return mail.recipients().stream()
        .filter(each -> each.toString().equals(address))
        .findFirst()
        .orElseThrow(
            () -> new IllegalArgumentException(address + " is not a recipient of the mail"));
  }

  private static Status status(String[] words, int from) {
    return new Status(
        number(words, from), EnhancedStatus.parse(at(words, from + 1)), word(words, from + 2));
  }

  private static int number(String[] words, int index) {
    return Integer.parseInt(at(words, index));
  }

  private static String word(String[] words, int index) {
    String word = at(words, index);
    return word.equals(EMPTY)
        ? ""
        : new String(Base64.getDecoder().decode(word), StandardCharsets.UTF_8);
  }

  private static String at(String[] words, int index) {
    if (index >= words.length) {
      throw new IllegalArgumentException("'" + words[0] + "' lacks a word");
    }
    return words[index];
  }

  private static String coded(String text) {
    return text.isEmpty() ? EMPTY : octets(text.getBytes(StandardCharsets.UTF_8));
  }

  private static String octets(byte[] octets) {
    return Base64.getEncoder().encodeToString(octets);
  }
}
