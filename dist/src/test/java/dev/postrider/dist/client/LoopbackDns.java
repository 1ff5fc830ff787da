package dev.postrider.dist.client;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.xbill.DNS.ARecord;
import org.xbill.DNS.DClass;
import org.xbill.DNS.Flags;
import org.xbill.DNS.MXRecord;
import org.xbill.DNS.Message;
import org.xbill.DNS.Name;
import org.xbill.DNS.Rcode;
import org.xbill.DNS.Record;
import org.xbill.DNS.Section;
import org.xbill.DNS.TXTRecord;
import org.xbill.DNS.Type;

/** A name server on loopback: each domain it knows has one mail exchanger at 127.0.0.1. */
public final class LoopbackDns implements AutoCloseable {
  private final DatagramSocket socket;
  private final Map<String, List<Record>> records = new ConcurrentHashMap<>();

  public LoopbackDns() throws IOException {
    socket = new DatagramSocket(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0));
    Thread.ofPlatform().daemon().name("loopback-dns").start(this::serve);
  }

  /** Where it is, as {@code POSTRIDER_DNS} wants it. */
  public String address() {
    return "127.0.0.1:" + socket.getLocalPort();
  }

  /** Makes a domain known. */
  public LoopbackDns domain(String domain) throws IOException {
    Name name = Name.fromString(domain + ".");
    Name host = Name.fromString("mx." + domain + ".");
    records.put(key(name, Type.MX), List.of(new MXRecord(name, DClass.IN, 300, 10, host)));
    InetAddress loopback = InetAddress.ofLiteral("127.0.0.1");
    records.put(key(host, Type.A), List.of(new ARecord(host, DClass.IN, 300, loopback)));
    return this;
  }

  /** Makes a name have this text, in strings of at most 255 octets. */
  public LoopbackDns text(String name, List<String> strings) throws IOException {
    Name at = Name.fromString(name + ".");
    records.put(key(at, Type.TXT), List.of(new TXTRecord(at, DClass.IN, 300, strings)));
    return this;
  }

  private static String key(Name name, int type) {
    return name.toString().toLowerCase(Locale.ROOT) + " " + Type.string(type);
  }

  private void serve() {
    byte[] buffer = new byte[4096];
    while (!socket.isClosed()) {
      try {
        DatagramPacket packet = new DatagramPacket(buffer, buffer.length);
        socket.receive(packet);
        byte[] answer = answer(new Message(Arrays.copyOf(buffer, packet.getLength())));
        socket.send(new DatagramPacket(answer, answer.length, packet.getSocketAddress()));
      } catch (IOException e) {
        if (!socket.isClosed()) {
          throw new UncheckedIOException(e);
        }
      }
    }
  }

  private byte[] answer(Message query) {
    Record question = query.getQuestion();
    Message answer = new Message(query.getHeader().getID());
    answer.getHeader().setFlag(Flags.QR);
    answer.getHeader().setFlag(Flags.RA);
    answer.addRecord(question, Section.QUESTION);
    List<Record> found =
        records.getOrDefault(key(question.getName(), question.getType()), List.of());
    found.forEach(each -> answer.addRecord(each, Section.ANSWER));
    boolean known =
        records.keySet().stream()
            .anyMatch(
                key ->
                    key.startsWith(question.getName().toString().toLowerCase(Locale.ROOT) + " "));
    answer.getHeader().setRcode(known ? Rcode.NOERROR : Rcode.NXDOMAIN);
    return answer.toWire();
  }

  @Override
  public void close() {
    socket.close();
  }
}
