package dev.postrider.plugin.testkit;

import dev.postrider.plugin.service.Dns;
import dev.postrider.plugin.service.DnsAnswer;
import dev.postrider.plugin.service.MxRecord;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.function.Function;

/**
 * Serves a name service, such as {@link InMemoryDns}, on loopback, so that a foreign program or a
 * whole server sees the names that a test made up. Over UDP, on a free port: A, AAAA, MX, TXT and
 * PTR, as records of the name that was asked for. What doesn't fit into 512 octets is cut off
 * (TC=1) for who doesn't offer more (EDNS); TCP is not there. What fails is a SERVFAIL; what is no
 * question is not answered.
 *
 * <pre>{@code
 * try (DnsServer server = DnsServer.of(new InMemoryDns().withTxt("example.org", "v=spf1 -all"))) {
 *   start("--nameserver=127.0.0.1:" + server.address().getPort());
 * }
 * }</pre>
 *
 * @since 1.1
 */
public final class DnsServer implements AutoCloseable {

  private static final int HEADER = 12;
  private static final int LARGEST = 4096;
  private static final int TTL = 300;
  private static final int SERVFAIL = 2;
  private static final int NXDOMAIN = 3;

  private final Dns dns;
  private final DatagramSocket socket;

  private DnsServer(Dns dns, DatagramSocket socket) {
    this.dns = dns;
    this.socket = socket;
  }

  /**
   * Starts one; it runs until it is closed.
   *
   * @throws IOException when no port is free
   */
  public static DnsServer of(Dns dns) throws IOException {
    InetSocketAddress anyPort = new InetSocketAddress(InetAddress.getLoopbackAddress(), 0);
    DnsServer server = new DnsServer(dns, new DatagramSocket(anyPort));
    Thread.ofPlatform().daemon().name("dns-server").start(server::serve);
    return server;
  }

  /** Where it listens. */
  public InetSocketAddress address() {
    return (InetSocketAddress) socket.getLocalSocketAddress();
  }

  @Override
  public void close() {
    socket.close();
  }

  private void serve() {
    byte[] buffer = new byte[LARGEST];
    while (!socket.isClosed()) {
      try {
        DatagramPacket packet = new DatagramPacket(buffer, buffer.length);
        socket.receive(packet);
        ByteBuffer answer = answer(ByteBuffer.wrap(buffer, 0, packet.getLength()));
        socket.send(
            new DatagramPacket(answer.array(), answer.position(), packet.getSocketAddress()));
      } catch (BufferUnderflowException | IndexOutOfBoundsException | IllegalArgumentException _) {
        // No question, so there is nothing to answer.
      } catch (IOException e) {
        if (!socket.isClosed()) {
          throw new UncheckedIOException(e);
        }
      }
    }
  }

  private ByteBuffer answer(ByteBuffer query) {
    int additional = query.getShort(10);
    query.position(HEADER);
    String name = DnsWire.name(query);
    int type = query.getShort();
    query.getShort();
    // Root name, type 41, then the size that the other side takes.
    int room = additional > 0 ? Math.min(LARGEST, query.getShort(query.position() + 3)) : 512;
    ByteBuffer out = ByteBuffer.allocate(LARGEST + 0x10000);
    out.put(query.slice(0, query.position()));
    boolean recursionDesired = (query.get(2) & 1) != 0;
    out.putShort(2, (short) (recursionDesired ? 0x8580 : 0x8480));
    out.putInt(4, 0x10000).putInt(8, 0);
    int end = out.position();
    int code = answer(name, type, out);
    if (out.position() > room) {
      out.position(end);
      out.putShort(6, (short) 0).put(2, (byte) (out.get(2) | 2));
    }
    out.put(3, (byte) (0x80 | code));
    return out;
  }

  private int answer(String name, int type, ByteBuffer out) {
    return switch (type) {
      case 1 -> put(dns.ipv4(name), type, InetAddress::getAddress, out);
      case 28 -> put(dns.ipv6(name), type, InetAddress::getAddress, out);
      case 12 -> put(dns.reverse(DnsWire.address(name)), type, DnsWire::name, out);
      case 15 -> put(dns.mx(name), type, DnsServer::mx, out);
      case 16 -> put(dns.txt(name), type, DnsWire::strings, out);
      default -> dns.addresses(name) instanceof DnsAnswer.NoSuchName<?> ? NXDOMAIN : 0;
    };
  }

  private static <T> int put(
      DnsAnswer<T> answer, int type, Function<T, byte[]> data, ByteBuffer out) {
    return switch (answer) {
      case DnsAnswer.Found<T>(List<T> records, boolean _) -> {
        out.putShort(6, (short) records.size());
        for (T each : records) {
          byte[] octets = data.apply(each);
          // The name of the question, by reference.
          out.putShort((short) (0xc000 | HEADER)).putShort((short) type).putShort((short) 1);
          out.putInt(TTL).putShort((short) octets.length).put(octets);
        }
        yield 0;
      }
      case DnsAnswer.NoData<T> _ -> 0;
      case DnsAnswer.NoSuchName<T> _ -> NXDOMAIN;
      case DnsAnswer.Failed<T> _ -> SERVFAIL;
    };
  }

  private static byte[] mx(MxRecord record) {
    byte[] host = DnsWire.name(record.host());
    return ByteBuffer.allocate(2 + host.length)
        .putShort((short) record.preference())
        .put(host)
        .array();
  }
}
