package dev.postrider.kernel.outbound;

import dev.postrider.plugin.EnhancedStatus;
import dev.postrider.plugin.Status;
import java.util.Optional;

/** What a try came to for one recipient. */
sealed interface RecipientResult {

  /** The peer has it now. */
  record Taken(String host, String text, boolean dsnOffered) implements RecipientResult {}

  /** Never. */
  record Rejected(EnhancedStatus status, Optional<String> host, String text)
      implements RecipientResult {}

  /** Not now, or not known: try again. */
  record Deferred(EnhancedStatus status, Optional<String> host, String text)
      implements RecipientResult {

    /** For a list of what waits. */
    String shown() {
      return host.map(name -> name + ": " + text).orElse(text);
    }
  }

  /** Of a remote reply. */
  static RecipientResult of(Transport.Reply reply, boolean dsnOffered) {
    if (reply.isPositive()) {
      return new Taken(reply.host(), words(reply), dsnOffered);
    }
    return reply.isPermanent()
        ? new Rejected(status(reply), Optional.of(reply.host()), words(reply))
        : new Deferred(status(reply), Optional.of(reply.host()), words(reply));
  }

  /** Of a reason of ours. */
  static RecipientResult of(Status status) {
    return status.isPermanent()
        ? new Rejected(status.enhanced(), Optional.empty(), status.text())
        : new Deferred(status.enhanced(), Optional.empty(), status.text());
  }

  /** The reply as the peer wrote it, and what it answered. */
  private static String words(Transport.Reply reply) {
    String enhanced = reply.enhanced().isEmpty() ? "" : " " + reply.enhanced();
    String text = reply.text().isEmpty() ? "" : " " + reply.text();
    String command = reply.isPositive() ? "" : " (in reply to " + reply.command() + ")";
    return reply.code() + enhanced + text + command;
  }

  /** The peer's enhanced status; where it gave none that fits its code, the class alone. */
  private static EnhancedStatus status(Transport.Reply reply) {
    int kind = reply.isPermanent() ? 5 : 4;
    try {
      EnhancedStatus said = EnhancedStatus.parse(reply.enhanced());
      return said.kind() == kind ? said : new EnhancedStatus(kind, 0, 0);
    } catch (IllegalArgumentException noneGiven) {
      return new EnhancedStatus(kind, 0, 0);
    }
  }
}
