package dev.postrider.protocol.smtp.server;

import dev.postrider.plugin.BodyType;
import dev.postrider.plugin.Envelope;
import dev.postrider.protocol.line.Framing;
import dev.postrider.protocol.line.Step;
import java.util.Locale;
import java.util.Optional;

/** BDAT (RFC 3030 §2). The octets that follow a refused one are read and dropped. */
final class BdatCommand implements CommandRule {
  private static final Reply SYNTAX = Reply.of(501, "5.4", "Syntax: BDAT octets [LAST]");

  private record Size(long octets, boolean last) {}

  private final Steps steps;

  BdatCommand(Steps steps) {
    this.steps = steps;
  }

  @Override
  public Step<SmtpState, SmtpQuestion> on(SmtpState.Ready state, String arguments) {
    Optional<Size> size = size(arguments);
    if (size.isEmpty()) {
      // Without a length nobody knows where the next command starts.
      return steps.end(state.link(), SYNTAX.wire());
    }
    return switch (state) {
      case SmtpState.Idle idle -> pass(idle, size.get(), Replies.MAIL_FIRST);
      case SmtpState.Mailing mailing ->
          mailing.envelope().recipients().isEmpty()
              ? pass(mailing, size.get(), steps.noRecipients())
              : chunk(new SmtpState.Chunking(mailing.link(), mailing.envelope(), 0, 0), size.get());
      case SmtpState.Chunking chunking -> chunk(chunking, size.get());
    };
  }

  private static Optional<Size> size(String arguments) {
    String[] words = arguments.split(" +");
    boolean number =
        words[0].length() <= 18
            && !words[0].isEmpty()
            && words[0].chars().allMatch(c -> c >= '0' && c <= '9');
    boolean last = words.length == 2 && words[1].toUpperCase(Locale.ROOT).equals("LAST");
    return number && (words.length == 1 || last)
        ? Optional.of(new Size(Long.parseLong(words[0]), last))
        : Optional.empty();
  }

  private Step<SmtpState, SmtpQuestion> chunk(SmtpState.Chunking before, Size size) {
    long octets = before.octets() + size.octets();
    int chunks = before.chunks() + 1;
    Link link = before.link();
    if (octets > steps.limits().messageSize()) {
      return pass(before, size, tooBig(before.envelope(), size));
    }
    if (chunks > steps.limits().chunks()) {
      return steps.end(link, steps.tooMany("chunks").wire());
    }
    Envelope envelope = before.envelope();
    boolean first = before.chunks() == 0;
    Framing framing =
        new Framing.Counted(
            size.octets(), envelope.bodyType() == BodyType.BINARY_MIME, first, size.last());
    SmtpQuestion question =
        new SmtpQuestion.Chunk(
            link.client(steps.settings(), envelope.smtpUtf8()), envelope, first, size.last());
    return steps.receive(
        size.last()
            ? new SmtpState.AskingMessage(link, envelope)
            : new SmtpState.AskingChunk(link, envelope, octets, chunks),
        "",
        framing,
        question);
  }

  /** RFC 2033 §4.3: after the last chunk each recipient has its reply. */
  private Reply tooBig(Envelope envelope, Size size) {
    return steps.settings().isLmtp() && size.last()
        ? Replies.TOO_BIG.times(envelope.recipients().size())
        : Replies.TOO_BIG;
  }

  /** After a refusal no transaction is left (RFC 3030 §4.2), and its chunks go unread. */
  private Step<SmtpState, SmtpQuestion> pass(SmtpState.Ready state, Size size, Reply reply) {
    return size.octets() > steps.limits().messageSize()
        ? steps.end(state.link(), reply.wire())
        : steps.skip(state, size.octets(), reply);
  }
}
