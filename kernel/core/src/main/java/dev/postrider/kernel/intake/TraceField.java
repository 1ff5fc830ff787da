package dev.postrider.kernel.intake;

import dev.postrider.plugin.Client;
import dev.postrider.plugin.Envelope;
import java.net.Inet6Address;
import java.net.InetAddress;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Locale;

/** The Received field that is put on top of each mail (RFC 5321 §4.4). */
final class TraceField {
  private static final int NAME_LENGTH = 255;
  private static final DateTimeFormatter DATE =
      DateTimeFormatter.ofPattern("EEE, d MMM yyyy HH:mm:ss Z", Locale.ENGLISH)
          .withZone(ZoneOffset.UTC);

  private TraceField() {}

  /** The field with its line end, octets as ISO-8859-1. */
  static String received(
      Client client, Envelope envelope, String hostName, String mailId, Instant at) {
    // More than one recipient would tell each of the others (RFC 5321 §7.2).
    String whom =
        envelope.recipients().size() == 1
            ? "\r\n\tfor <" + envelope.recipients().getFirst().address() + ">"
            : "";
    String text =
        "Received: from "
            + helo(client)
            + " ("
            + literal(client.address())
            + ")\r\n\tby "
            + hostName
            + " with "
            + protocol(client, envelope)
            + " id "
            + mailId
            + whom
            + ";\r\n\t"
            + date(at)
            + "\r\n";
    return new String(text.getBytes(StandardCharsets.UTF_8), StandardCharsets.ISO_8859_1);
  }

  static String date(Instant at) {
    return DATE.format(at);
  }

  // RFC 6531 §4.3 has names of its own for transactions with SMTPUTF8.
  private static String protocol(Client client, Envelope envelope) {
    String name = client.protocol();
    if (!envelope.smtpUtf8() || name.startsWith("UTF8")) {
      return name;
    }
    return name.startsWith("ESMTP") ? "UTF8" + name.substring(1) : "UTF8" + name;
  }

  // Whatever the peer called itself must not look like more than a name.
  private static String helo(Client client) {
    String name = client.helo();
    boolean sane = !name.isEmpty() && name.length() <= NAME_LENGTH;
    for (int i = 0; sane && i < name.length(); i++) {
      char c = name.charAt(i);
      sane = Character.isLetterOrDigit(c) && c < 0x80 || "-._[]:".indexOf(c) >= 0;
    }
    return sane ? name : "unknown";
  }

  static String literal(InetAddress address) {
    return address instanceof Inet6Address
        ? "[IPv6:" + address.getHostAddress().replaceAll("%.*", "") + "]"
        : "[" + address.getHostAddress() + "]";
  }
}
