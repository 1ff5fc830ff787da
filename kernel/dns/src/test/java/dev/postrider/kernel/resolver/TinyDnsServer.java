package dev.postrider.kernel.resolver;

import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Function;
import org.xbill.DNS.Flags;
import org.xbill.DNS.Master;
import org.xbill.DNS.Message;
import org.xbill.DNS.Name;
import org.xbill.DNS.Rcode;
import org.xbill.DNS.Record;
import org.xbill.DNS.Section;
import org.xbill.DNS.Type;

/** A name server on loopback, UDP and TCP on one port, that says what the test tells it to. */
final class TinyDnsServer implements AutoCloseable {

  private final ServerSocket tcp;
  private final DatagramSocket udp;
  private final Map<String, Function<Message, Message>> rules = new ConcurrentHashMap<>();
  private final List<String> asked = new CopyOnWriteArrayList<>();

  TinyDnsServer() throws IOException {
    ServerSocket stream = null;
    DatagramSocket packets = null;
    for (int i = 0; packets == null; i++) {
      stream = new ServerSocket(0, 10, InetAddress.getLoopbackAddress());
      try {
        packets = new DatagramSocket(stream.getLocalPort(), InetAddress.getLoopbackAddress());
      } catch (IOException e) {
        stream.close();
        if (i == 20) {
          throw e;
        }
      }
    }
    tcp = java.util.Objects.requireNonNull(stream);
    udp = packets;
    Thread.ofPlatform().daemon().start(this::serveUdp);
    Thread.ofVirtual().start(this::serveTcp);
  }

  InetSocketAddress address() {
    return (InetSocketAddress) tcp.getLocalSocketAddress();
  }

  /** Transport, type and name of every query, such as {@code UDP MX a.test}. */
  List<String> asked() {
    return List.copyOf(asked);
  }

  /** Answers a question with records in zone file form. */
  void answer(String name, int type, String... lines) {
    rule(name, type, query -> reply(query, Rcode.NOERROR, Section.ANSWER, false, lines));
  }

  void answerAuthenticated(String name, int type, String... lines) {
    rule(name, type, query -> reply(query, Rcode.NOERROR, Section.ANSWER, true, lines));
  }

  void rcode(String name, int type, int rcode, String... authority) {
    rule(name, type, query -> reply(query, rcode, Section.AUTHORITY, false, authority));
  }

  void silent(String name, int type) {
    rule(name, type, query -> new Message());
  }

  void rule(String name, int type, Function<Message, Message> rule) {
    rules.put(Type.string(type) + " " + name, rule);
  }

  private static Message reply(
      Message query, int rcode, int section, boolean authenticated, String... lines) {
    Message reply = new Message(query.getHeader().getID());
    reply.getHeader().setFlag(Flags.QR);
    reply.getHeader().setFlag(Flags.RA);
    reply.getHeader().setRcode(rcode);
    if (authenticated) {
      reply.getHeader().setFlag(Flags.AD);
    }
    reply.addRecord(query.getQuestion(), Section.QUESTION);
    for (Record each : records(lines)) {
      reply.addRecord(each, section);
    }
    return reply;
  }

  static List<Record> records(String... lines) {
    String zone = String.join("\n", lines) + "\n";
    try (Master master =
        new Master(
            new java.io.ByteArrayInputStream(
                zone.getBytes(java.nio.charset.StandardCharsets.US_ASCII)),
            Name.root)) {
      List<Record> out = new java.util.ArrayList<>();
      for (Record each = master.nextRecord(); each != null; each = master.nextRecord()) {
        out.add(each);
      }
      return out;
    } catch (IOException e) {
      throw new IllegalArgumentException(zone, e);
    }
  }

  private Message respond(String transport, byte[] octets) throws IOException {
    Message query = new Message(octets);
    Record question = query.getQuestion();
    String key = Type.string(question.getType()) + " " + question.getName().toString(true);
    asked.add(transport + " " + key);
    Function<Message, Message> rule =
        rules.getOrDefault(key, each -> reply(each, Rcode.NXDOMAIN, Section.AUTHORITY, false));
    return rule.apply(query);
  }

  private void serveUdp() {
    byte[] buffer = new byte[4096];
    while (!udp.isClosed()) {
      try {
        DatagramPacket packet = new DatagramPacket(buffer, buffer.length);
        udp.receive(packet);
        Message reply = respond("UDP", Arrays.copyOf(packet.getData(), packet.getLength()));
        if (reply.getQuestion() != null) {
          byte[] wire = reply.toWire(512);
          udp.send(new DatagramPacket(wire, wire.length, packet.getSocketAddress()));
        }
      } catch (IOException e) {
        if (!udp.isClosed()) {
          throw new java.io.UncheckedIOException(e);
        }
      }
    }
  }

  private void serveTcp() {
    while (!tcp.isClosed()) {
      try (Socket socket = tcp.accept()) {
        DataInputStream in = new DataInputStream(socket.getInputStream());
        byte[] query = in.readNBytes(in.readUnsignedShort());
        byte[] wire = respond("TCP", query).toWire();
        DataOutputStream out = new DataOutputStream(socket.getOutputStream());
        out.writeShort(wire.length);
        out.write(wire);
        out.flush();
        in.read();
      } catch (IOException e) {
        if (!tcp.isClosed()) {
          asked.add("TCP failed " + e);
        }
      }
    }
  }

  @Override
  public void close() throws IOException {
    tcp.close();
    udp.close();
  }
}
