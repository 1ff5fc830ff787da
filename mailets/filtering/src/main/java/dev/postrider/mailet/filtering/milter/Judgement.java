package dev.postrider.mailet.filtering.milter;

import dev.postrider.mailet.filtering.OnFailure;
import dev.postrider.mailet.filtering.daemon.DaemonFault;
import dev.postrider.plugin.EnhancedStatus;
import dev.postrider.plugin.Status;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/** What a milter answers to one phase. */
sealed interface Judgement {

  /** Tell me more. */
  record Go() implements Judgement {}

  /** The mail is fine, tell me no more. */
  record Accept() implements Judgement {}

  /** Enough of the body. */
  record Skip() implements Judgement {}

  /** No. */
  record Refuse(Status status) implements Judgement {}

  /** Take the mail and drop it. */
  record Discard() implements Judgement {}

  /** Reads an answer that ends a phase. */
  static Judgement read(Reply reply) throws DaemonFault {
    Judgement judgement =
        switch (reply.code()) {
          case 'c' -> new Go();
          case 'a' -> new Accept();
          case 's' -> new Skip();
          case 'd' -> new Discard();
          case 'r' -> new Refuse(Status.permanent("5.7.1", "refused by a filter"));
          case 't', 'f' -> new Refuse(Status.temporary("4.7.1", "not now, says a filter"));
          case '4' -> new Refuse(status("421 4.7.0 a filter wants the connection to end"));
          case 'y' -> new Refuse(status(reply.text()));
          default -> throw new DaemonFault(reply + " has no meaning here");
        };
    reply.end();
    return judgement;
  }

  /** Reads {@code 550 5.7.1 text}, of one line or of several as in SMTP. */
  private static Status status(String text) throws DaemonFault {
    List<String> lines = new ArrayList<>();
    String code = text.length() < 3 ? "" : text.substring(0, 3);
    String enhanced = code.startsWith("5") ? "5.7.1" : "4.7.1";
    for (String line : text.split("\r?\n")) {
      if (!line.startsWith(code) || line.length() > 3 && " -".indexOf(line.charAt(3)) < 0) {
        throw notAStatus(text);
      }
      String rest = line.length() > 4 ? line.substring(4) : "";
      String first = rest.contains(" ") ? rest.substring(0, rest.indexOf(' ')) : rest;
      if (first.matches("[45]\\.[0-9]{1,3}\\.[0-9]{1,3}")) {
        enhanced = first;
        rest = rest.substring(first.length());
      }
      lines.add(rest.strip());
    }
    // Sendmail reads the text as a format, so milters double the sign.
    String all = lines.stream().collect(Collectors.joining(" ")).replace("%%", "%");
    try {
      if (!code.matches("[45][0-9][0-9]")) {
        throw notAStatus(text);
      }
      return new Status(
          Integer.parseInt(code), EnhancedStatus.parse(enhanced), OnFailure.oneLine(all));
    } catch (IllegalArgumentException e) {
      throw new DaemonFault(String.valueOf(e.getMessage()), e);
    }
  }

  private static DaemonFault notAStatus(String text) {
    return new DaemonFault("'" + OnFailure.oneLine(text) + "' is not a reply to refuse with");
  }
}
