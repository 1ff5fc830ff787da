package dev.postrider.protocol.smtp.client;

import dev.postrider.kernel.outbound.Transport.Channel;
import dev.postrider.kernel.outbound.Transport.Reply;
import dev.postrider.kernel.outbound.Transport.Transfer;
import dev.postrider.plugin.BodyType;
import dev.postrider.plugin.Content;
import dev.postrider.plugin.Envelope;
import dev.postrider.plugin.Message;
import dev.postrider.plugin.Recipient;
import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** An open session. Thread: one at a time; blocks. */
final class SmtpChannel implements Channel {

  private final ClientWire wire;
  private final String host;
  private final Extensions extensions;
  private final ClientTimeouts timeouts;
  private long mails;
  private boolean heard;
  private boolean broken;
  private boolean open;

  SmtpChannel(ClientWire wire, String host, Extensions extensions, ClientTimeouts timeouts) {
    this.wire = wire;
    this.host = host;
    this.extensions = extensions;
    this.timeouts = timeouts;
  }

  @Override
  public Transfer send(Envelope envelope, Content message) {
    Map<Recipient, Reply> replies = new LinkedHashMap<>();
    Optional<String> fault = Optional.empty();
    heard = false;
    try {
      boolean utf8 = needsUtf8(envelope, message);
      Optional<Reply> refusal = refusal(envelope, message.size(), utf8);
      if (refusal.isPresent()) {
        envelope.recipients().forEach(each -> replies.put(each, refusal.get()));
      } else {
        fault = transactions(envelope, message, utf8, replies);
      }
    } catch (WireFault e) {
      fault = Optional.of(String.valueOf(e.getMessage()));
    } catch (IOException e) {
      // Cutting the connection before the final dot keeps the peer from taking half a mail.
      fault = Optional.of("this server can't read the mail: " + e.getMessage());
    }
    if (fault.isPresent()) {
      broken = true;
      wire.close();
    }
    return new Transfer(replies, fault, extensions.has("DSN"), fault.isPresent() && !heard);
  }

  private Optional<String> transactions(
      Envelope envelope, Content message, boolean utf8, Map<Recipient, Reply> replies)
      throws IOException {
    List<Recipient> all = List.copyOf(new LinkedHashSet<>(envelope.recipients()));
    for (int from = 0; from < all.size(); from += extensions.recipients()) {
      List<Recipient> part =
          all.subList(from, Math.min(all.size(), from + extensions.recipients()));
      reset();
      mails++;
      Transaction transaction =
          new Transaction(
              wire,
              host,
              timeouts,
              extensions,
              new EnvelopeCommands(extensions, envelope.withRecipients(part), message.size(), utf8),
              message,
              replies);
      open = true;
      try {
        transaction.run();
      } finally {
        heard |= transaction.heard();
      }
      open = !transaction.complete();
      if (transaction.closing()) {
        return Optional.of("the session ended early");
      }
    }
    return Optional.empty();
  }

  /** After a transaction that did not come to its end, the peer still holds its sender. */
  private void reset() throws WireFault {
    if (open) {
      wire.write("RSET\r\n");
      Reply reply = new ReplyReader(wire, host).reply(timeouts.command(), "RSET");
      if (!reply.isPositive()) {
        throw new WireFault("it answered RSET with " + reply.code());
      }
      open = false;
    }
  }

  private Optional<Reply> refusal(Envelope envelope, long size, boolean utf8) {
    if (size > extensions.sizeLimit()) {
      return ours(
          552,
          "5.3.4",
          "The mail has " + size + " octets, the host takes " + extensions.sizeLimit());
    }
    if (utf8 && !extensions.has("SMTPUTF8")) {
      return ours(550, "5.6.7", "The host does not support internationalised mail (SMTPUTF8)");
    }
    boolean binary = envelope.bodyType() == BodyType.BINARY_MIME;
    if (binary && !(extensions.has("BINARYMIME") && extensions.has("CHUNKING"))) {
      return ours(554, "5.6.1", "The host does not support binary mail (BINARYMIME)");
    }
    return Optional.empty();
  }

  private Optional<Reply> ours(int code, String enhanced, String text) {
    return Optional.of(new Reply(host, code, enhanced, text, "EHLO"));
  }

  /** A sender may ask for SMTPUTF8 without need; then a host without it will do (RFC 6531 §3.1). */
  private static boolean needsUtf8(Envelope envelope, Content message) throws IOException {
    boolean addresses =
        envelope.sender().address().filter(each -> each.needsUtf8()).isPresent()
            || envelope.recipients().stream().anyMatch(each -> each.address().needsUtf8());
    if (addresses || !envelope.smtpUtf8()) {
      return addresses;
    }
    for (byte octet : Message.read(message).headers().octets()) {
      if (octet < 0) {
        return true;
      }
    }
    return false;
  }

  @Override
  public boolean reusable() {
    return !broken && wire.isOpen() && mails < extensions.mails();
  }

  @Override
  public void close() {
    if (!broken) {
      broken = true;
      wire.quit();
    }
  }
}
