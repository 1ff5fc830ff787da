package dev.postrider.mailet.filtering.rspamd;

import dev.postrider.mailet.filtering.OnFailure;
import dev.postrider.mailet.filtering.Score;
import java.math.BigDecimal;
import java.util.List;
import java.util.Optional;

/** What rspamd says of a message. */
sealed interface RspamdVerdict {

  /**
   * Its judgement.
   *
   * @param json the answer as it came
   * @param action such as {@code no action} or {@code soft reject}
   * @param score of the message
   * @param required the score from which on it would be refused
   * @param symbols names of what matched
   * @param message for the peer, where rspamd has one
   * @param subject another subject, where rspamd wants one
   * @param edits of the header
   */
  record Judged(
      String json,
      String action,
      Score score,
      Score required,
      List<String> symbols,
      Optional<String> message,
      Optional<String> subject,
      HeaderEdits edits)
      implements RspamdVerdict {
    /** Copies the list. */
    public Judged {
      symbols = List.copyOf(symbols);
    }
  }

  /** It is there, but could not judge this one. */
  record Unable(String reason) implements RspamdVerdict {
    /** One line. */
    public Unable {
      reason = OnFailure.oneLine(reason);
    }
  }

  /** As text, which {@link #parse} reads. */
  default String text() {
    return switch (this) {
      case Judged judged -> judged.json();
      case Unable(var reason) -> "unable " + reason;
    };
  }

  /**
   * Reads the JSON of {@code /checkv2} or {@code unable REASON}.
   *
   * @throws IllegalArgumentException with a reason for a person when it is neither
   */
  static RspamdVerdict parse(String text) {
    String bare = text.strip();
    if (bare.startsWith("unable ")) {
      return new Unable(bare.substring(7));
    }
    JsonTree tree = JsonTree.read(bare);
    Optional<String> error = tree.text("error");
    if (error.isPresent()) {
      return new Unable(error.get());
    }
    return new Judged(
        text,
        tree.text("action")
            .filter(action -> !action.isBlank())
            .orElseThrow(() -> new IllegalArgumentException("it names no action")),
        score(tree, "score"),
        score(tree, "required_score"),
        tree.object("symbols").names(),
        tree.object("messages").text("smtp_message").filter(message -> !message.isBlank()),
        tree.text("subject"),
        HeaderEdits.read(tree.object("milter")));
  }

  private static Score score(JsonTree tree, String field) {
    return new Score(tree.number(field).orElse(BigDecimal.ZERO));
  }
}
