package dev.postrider.kernel.store.rocks;

import dev.postrider.kernel.spool.SpoolEntry;
import dev.postrider.kernel.store.StoredMessage;
import dev.postrider.plugin.Client;
import dev.postrider.plugin.EmailAddress;
import dev.postrider.plugin.Envelope;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/** The row of a spool entry. */
final class SpoolCodec {

  private SpoolCodec() {}

  static void write(ByteWriter out, SpoolEntry entry, StoredMessage message) {
    // Version 1 is a mail whose client used no app password.
    Optional<String> appPassword = entry.client().appPassword();
    out.u8(appPassword.isEmpty() ? 1 : 2);
    StoredCodec.write(out, message);
    out.instant(entry.nextAttempt()).optional(entry.held());
    out.instant(entry.receivedAt()).varint(entry.attempts()).string(entry.processor());
    write(out, entry.client());
    EnvelopeCodec.write(out, entry.envelope());
    out.varint(entry.attributes().size());
    entry.attributes().forEach((name, value) -> out.string(name).string(value));
    appPassword.ifPresent(out::string);
  }

  static SpoolEntry read(String id, byte[] row) {
    ByteReader in = new ByteReader(row);
    boolean withAppPassword = in.version(1, 2) == 2;
    StoredMessage message = StoredCodec.message(in);
    Instant nextAttempt = in.instant();
    Optional<String> held = in.optional();
    Instant receivedAt = in.instant();
    int attempts = (int) in.varint();
    String processor = in.string();
    Client client = client(in);
    Envelope envelope = EnvelopeCodec.envelope(in);
    int count = in.count();
    Map<String, String> attributes = HashMap.newHashMap(count);
    for (int i = 0; i < count; i++) {
      attributes.put(in.string(), in.string());
    }
    return new SpoolEntry(
        id,
        withAppPassword ? client.withAppPassword(in.string()) : client,
        envelope,
        message,
        attributes,
        processor,
        receivedAt,
        attempts,
        nextAttempt,
        held);
  }

  private static void write(ByteWriter out, Client client) {
    out.bytes(client.address().getAddress());
    out.string(client.helo()).string(client.protocol()).string(client.listener());
    out.flag(client.login().isPresent());
    client.login().ifPresent(login -> EnvelopeCodec.write(out, login));
    out.flag(client.tls());
  }

  private static Client client(ByteReader in) {
    InetAddress address;
    try {
      address = InetAddress.getByAddress(in.bytes());
    } catch (UnknownHostException e) {
      throw new ByteReader.DamagedRow("an IP address has neither 4 nor 16 octets");
    }
    String helo = in.string();
    String protocol = in.string();
    String listener = in.string();
    Optional<EmailAddress> login =
        in.flag() ? Optional.of(EnvelopeCodec.address(in)) : Optional.empty();
    return new Client(address, helo, protocol, listener, login, in.flag());
  }
}
