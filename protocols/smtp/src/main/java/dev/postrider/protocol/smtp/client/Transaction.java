package dev.postrider.protocol.smtp.client;

import dev.postrider.kernel.outbound.Transport.Reply;
import dev.postrider.plugin.BodyType;
import dev.postrider.plugin.Content;
import dev.postrider.plugin.Recipient;
import dev.postrider.protocol.line.DotStuffer;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** One mail transaction: MAIL, RCPTs, and DATA or BDAT. Used once. */
final class Transaction {

  private static final int CLOSING = 421;
  private static final String END = "end of DATA";

  private final ClientWire wire;
  private final ClientTimeouts timeouts;
  private final EnvelopeCommands commands;
  private final Content message;
  private final Map<Recipient, Reply> replies;
  private final ReplyReader reader;
  private final boolean pipelining;
  private final boolean binary;
  private final List<Recipient> accepted = new ArrayList<>();
  private boolean heard;
  private boolean complete;
  private boolean closing;

  Transaction(
      ClientWire wire,
      String host,
      ClientTimeouts timeouts,
      Extensions extensions,
      EnvelopeCommands commands,
      Content message,
      Map<Recipient, Reply> replies) {
    this.wire = wire;
    this.timeouts = timeouts;
    this.commands = commands;
    this.message = message;
    this.replies = replies;
    this.reader = new ReplyReader(wire, host);
    this.pipelining = extensions.has("PIPELINING");
    this.binary = commands.envelope().bodyType() == BodyType.BINARY_MIME;
  }

  /** Whether the peer answered anything. */
  boolean heard() {
    return heard;
  }

  /** Whether the peer has forgotten sender and recipients. */
  boolean complete() {
    return complete;
  }

  /** Whether the peer said that it ends the session. */
  boolean closing() {
    return closing;
  }

  /**
   * Adds a reply for each recipient that was decided.
   *
   * @throws WireFault when the connection broke
   * @throws IOException when the message can't be read; the peer waits for more of it
   */
  void run() throws IOException {
    List<Recipient> recipients = commands.envelope().recipients();
    if (pipelining) {
      StringBuilder group = new StringBuilder(commands.mail());
      recipients.forEach(each -> group.append(commands.recipient(each)));
      wire.write(group.append(binary ? "" : "DATA\r\n").toString());
    } else {
      wire.write(commands.mail());
    }
    Reply mail = read("MAIL FROM");
    heard = true;
    boolean refused = !mail.isPositive();
    if (refused) {
      recipients.forEach(each -> replies.put(each, mail));
    }
    if (refused && (!pipelining || closing)) {
      complete = mail.code() != CLOSING;
      return;
    }
    for (Recipient each : recipients) {
      if (!pipelining) {
        wire.write(commands.recipient(each));
      }
      recipient(each, refused);
      if (closing) {
        return;
      }
    }
    content();
  }

  private void recipient(Recipient recipient, boolean refused) throws WireFault {
    Reply reply = read("RCPT TO");
    if (refused) {
      return;
    }
    if (reply.isPositive()) {
      accepted.add(recipient);
    } else {
      replies.put(recipient, reply);
    }
    if (closing) {
      // The rest was not decided, but the reason is known.
      commands.envelope().recipients().forEach(each -> replies.putIfAbsent(each, reply));
    }
  }

  private void content() throws IOException {
    if (binary) {
      chunk();
      return;
    }
    if (!pipelining) {
      if (accepted.isEmpty()) {
        return;
      }
      wire.write("DATA\r\n");
    }
    Reply reply = note(reader.reply(timeouts.data(), "DATA"));
    if (reply.code() != 354) {
      if (reply.isPositive()) {
        throw new WireFault("it answered DATA with " + reply.code());
      }
      decide(checked(reply));
    } else if (accepted.isEmpty()) {
      // A peer that wants data for nobody gets none (RFC 2920 §3.1).
      wire.write(".\r\n");
      note(reader.reply(timeouts.endOfData(), END));
      complete = true;
    } else {
      data();
    }
  }

  private void data() throws IOException {
    DotStuffer out = new DotStuffer(wire.output(timeouts.block()), message.size());
    byte[] buffer = new byte[Math.clamp(message.size() + 1, 256, 16 * 1024)];
    try (InputStream in = message.open()) {
      for (int n = in.read(buffer); n > 0; n = in.read(buffer)) {
        out.write(buffer, 0, withoutNul(buffer, n));
      }
      if (wire.hasInput()) {
        // An answer to what was not finished must not pass for the one to the final dot.
        throw new WireFault("it answered before the end of the mail");
      }
      out.finish();
    } catch (WireFault e) {
      early(e);
      return;
    }
    end();
  }

  /** Some peers skip NUL, and would then see a line that starts with a dot where we saw none. */
  private static int withoutNul(byte[] buffer, int length) {
    int kept = 0;
    for (int i = 0; i < length; i++) {
      if (buffer[i] != 0) {
        buffer[kept++] = buffer[i];
      }
    }
    return kept;
  }

  private void chunk() throws IOException {
    if (accepted.isEmpty()) {
      return;
    }
    wire.write("BDAT " + message.size() + " LAST\r\n");
    try (InputStream in = message.open()) {
      OutputStream out = wire.output(timeouts.block());
      byte[] buffer = new byte[32 * 1024];
      for (int n = in.read(buffer); n > 0; n = in.read(buffer)) {
        out.write(buffer, 0, n);
      }
    } catch (WireFault e) {
      early(e);
      return;
    }
    end();
  }

  private void end() throws WireFault {
    decide(checked(note(reader.reply(timeouts.endOfData(), END))));
    // After a chunk that was refused the peer may wait for more (RFC 3030 §2).
    complete = !binary;
  }

  /**
   * A peer that has had enough may say so before the end and close. Only a refusal counts: nobody
   * can have accepted what was not sent.
   */
  private void early(WireFault fault) throws WireFault {
    Optional<Reply> said =
        wire.hasInput() ? Optional.of(reader.reply(timeouts.data(), END)) : Optional.empty();
    if (said.isEmpty() || said.get().code() < 400) {
      throw fault;
    }
    decide(said.get());
    closing = true; // the rest of the mail is not coming
  }

  private void decide(Reply reply) {
    accepted.forEach(each -> replies.put(each, reply));
  }

  private Reply read(String command) throws WireFault {
    return checked(note(reader.reply(timeouts.command(), command)));
  }

  private Reply note(Reply reply) {
    closing |= reply.code() == CLOSING;
    return reply;
  }

  private static Reply checked(Reply reply) throws WireFault {
    if (reply.code() / 100 == 3) {
      throw new WireFault("it answered " + reply.command() + " with " + reply.code());
    }
    return reply;
  }
}
