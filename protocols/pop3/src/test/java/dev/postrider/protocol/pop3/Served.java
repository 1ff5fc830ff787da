package dev.postrider.protocol.pop3;

import dev.postrider.kernel.mailbox.MailboxAccess;
import dev.postrider.protocol.line.EventLoops;
import dev.postrider.protocol.line.ListenerSettings;
import dev.postrider.protocol.line.ServerTls;
import dev.postrider.protocol.testkit.SocketPeer;
import dev.postrider.protocol.testkit.TestCertificate;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.List;

/** Both listeners on free ports of loopback. */
final class Served implements AutoCloseable {

  private static final TestCertificate CERTIFICATE = TestCertificate.of("server.test");

  final Pop3Server pop3;
  final Pop3Server pop3s;

  /** The threads stay the caller's. */
  Served(EventLoops loops, MailboxAccess access) throws IOException {
    pop3 =
        Pop3Server.start(
            loops, settings("pop3").withStartTls(tls()), access, Pop3Settings.defaults());
    pop3s =
        Pop3Server.start(
            loops, settings("pop3s").withImplicitTls(tls()), access, Pop3Settings.defaults());
  }

  private static ListenerSettings settings(String name) {
    return ListenerSettings.plain(name, new InetSocketAddress(InetAddress.getLoopbackAddress(), 0));
  }

  private static ServerTls tls() throws IOException {
    return ServerTls.of(List.of(CERTIFICATE.certificate()), CERTIFICATE.key());
  }

  /** A connection over TLS that has read the greeting. */
  SocketPeer connect() throws IOException {
    SocketPeer peer = SocketPeer.connectTls(pop3s.address());
    expect(peer, "+OK POP3 ready");
    return peer;
  }

  /** A connection of bob. */
  SocketPeer bob() throws IOException {
    SocketPeer peer = connect();
    peer.send("AUTH PLAIN AGJvYgBzZWNyZXQ=\r\n");
    expect(peer, "+OK");
    return peer;
  }

  static void expect(SocketPeer peer, String start) throws IOException {
    String line = peer.readLine();
    if (line == null || !line.startsWith(start)) {
      throw new AssertionError("expected " + start + " but came " + line);
    }
  }

  /** Sends a command and returns the first line of the reply. */
  static String ask(SocketPeer peer, String command) throws IOException {
    peer.send(command + "\r\n");
    String line = peer.readLine();
    return line == null ? "CLOSED" : line;
  }

  @Override
  public void close() {
    pop3.stop(Duration.ofSeconds(2));
    pop3s.stop(Duration.ofSeconds(2));
  }
}
