package dev.postrider.kernel.store.rocks;

import dev.postrider.kernel.outbound.QueueEntry;
import dev.postrider.kernel.store.StoredMessage;
import dev.postrider.plugin.Envelope;
import dev.postrider.plugin.Route;
import java.time.Instant;
import java.util.Optional;

/** The row of an entry of the outbound queue. */
final class QueueCodec {

  private static final int DIRECT = 1;
  private static final int SMART_HOST = 2;

  private QueueCodec() {}

  static void write(ByteWriter out, QueueEntry entry, StoredMessage message) {
    out.u8(1);
    StoredCodec.write(out, message);
    out.string(entry.destination()).instant(entry.nextAttempt()).optional(entry.held());
    out.string(entry.mailId()).instant(entry.queuedAt()).instant(entry.expiresAt());
    out.varint(entry.attempts()).flag(entry.delayReported()).string(entry.lastReply());
    write(out, entry.route());
    EnvelopeCodec.write(out, entry.envelope());
    out.varint(entry.version()).optional(entry.appPassword());
  }

  static QueueEntry read(String id, byte[] row) {
    ByteReader in = new ByteReader(row).version(1);
    StoredMessage message = StoredCodec.message(in);
    String destination = in.string();
    Instant nextAttempt = in.instant();
    Optional<String> held = in.optional();
    String mailId = in.string();
    Instant queuedAt = in.instant();
    Instant expiresAt = in.instant();
    int attempts = (int) in.varint();
    boolean delayReported = in.flag();
    String lastReply = in.string();
    Route route = route(in);
    Envelope envelope = EnvelopeCodec.envelope(in);
    // Rows of before there were versions end here, those of before there were app passwords next.
    long version = in.more() ? in.varint() : 0;
    Optional<String> appPassword = in.more() ? in.optional() : Optional.empty();
    return new QueueEntry(
        id,
        mailId,
        route,
        destination,
        envelope,
        message,
        queuedAt,
        nextAttempt,
        expiresAt,
        attempts,
        delayReported,
        lastReply,
        held,
        version,
        appPassword);
  }

  private static void write(ByteWriter out, Route route) {
    switch (route) {
      case Route.Direct _ -> out.u8(DIRECT);
      case Route.SmartHost(var host, var port, var credentials, var requireTls) -> {
        out.u8(SMART_HOST).string(host).varint(port).flag(requireTls);
        out.flag(credentials.isPresent());
        credentials.ifPresent(login -> out.string(login.user()).string(login.password()));
      }
    }
  }

  private static Route route(ByteReader in) {
    int kind = in.u8();
    if (kind == DIRECT) {
      return new Route.Direct();
    }
    if (kind != SMART_HOST) {
      throw new ByteReader.DamagedRow("unknown route " + kind);
    }
    String host = in.string();
    int port = (int) in.varint();
    boolean requireTls = in.flag();
    Optional<Route.Credentials> credentials =
        in.flag() ? Optional.of(new Route.Credentials(in.string(), in.string())) : Optional.empty();
    return new Route.SmartHost(host, port, credentials, requireTls);
  }
}
