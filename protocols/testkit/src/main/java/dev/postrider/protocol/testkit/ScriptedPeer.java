package dev.postrider.protocol.testkit;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import javax.net.ssl.SSLSocket;

/**
 * A server that plays the {@code S:} side of a dialogue and checks the {@code C:} side, for tests
 * of clients. Each connection gets the next dialogue, the last one again and again. A client line
 * that ends in {@code ...} or {@code /regex/} is matched like a server's. After the last turn it
 * closes.
 */
public final class ScriptedPeer implements AutoCloseable {
  private final ServerSocket listening;
  private final List<Dialogue> dialogues;
  private final Optional<TestCertificate> certificate;
  private final List<String> problems = new CopyOnWriteArrayList<>();
  private final List<String> heard = new CopyOnWriteArrayList<>();
  private final List<Socket> open = new CopyOnWriteArrayList<>();
  private final List<Thread> threads = new ArrayList<>();

  private ScriptedPeer(
      ServerSocket listening, Optional<TestCertificate> certificate, List<Dialogue> dialogues) {
    this.listening = listening;
    this.certificate = certificate;
    this.dialogues = List.copyOf(dialogues);
    threads.add(Thread.ofVirtual().start(this::accept));
  }

  /** Starts on a free port of the loopback address; without TLS. */
  public static ScriptedPeer start(Dialogue... dialogues) throws IOException {
    return new ScriptedPeer(listen(), Optional.empty(), List.of(dialogues));
  }

  /** Starts with a certificate for {@code TLS} turns. */
  public static ScriptedPeer start(TestCertificate certificate, Dialogue... dialogues)
      throws IOException {
    return new ScriptedPeer(listen(), Optional.of(certificate), List.of(dialogues));
  }

  private static ServerSocket listen() throws IOException {
    return new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
  }

  /** Where it listens. */
  public InetSocketAddress address() {
    return (InetSocketAddress) listening.getLocalSocketAddress();
  }

  /** What did not go by the script so far. */
  public List<String> problems() {
    return List.copyOf(problems);
  }

  /** Every line that clients sent, in order. */
  public List<String> heard() {
    return List.copyOf(heard);
  }

  private void accept() {
    int count = 0;
    while (!listening.isClosed()) {
      try {
        Socket socket = listening.accept();
        open.add(socket);
        Dialogue dialogue = dialogues.get(Math.min(count++, dialogues.size() - 1));
        Thread.ofVirtual().start(() -> play(socket, dialogue));
      } catch (IOException e) {
        if (!listening.isClosed()) {
          problems.add("cannot accept: " + e);
        }
      }
    }
  }

  private void play(Socket plain, Dialogue dialogue) {
    Socket socket = plain;
    int line = 0;
    try {
      socket.setSoTimeout(20_000);
      for (Dialogue.Turn turn : dialogue.turns()) {
        line = turn.line();
        switch (turn) {
          case Dialogue.ServerSays says -> say(socket, says.text());
          case Dialogue.ServerSaysAtLast says -> say(socket, says.text());
          case Dialogue.ClientSays says -> hear(dialogue, says, socket.getInputStream());
          case Dialogue.Handshake handshake -> socket = handshake(socket);
          case Dialogue.ServerCloses closes -> socket.close();
        }
      }
    } catch (IOException e) {
      if (!listening.isClosed()) {
        problems.add(dialogue.name() + ":" + line + ": " + e);
      }
    } finally {
      close(socket);
    }
  }

  private static void say(Socket socket, String text) throws IOException {
    socket.getOutputStream().write(Dialogue.unescape(text + "\\r\\n"));
  }

  private void hear(Dialogue dialogue, Dialogue.ClientSays says, InputStream in)
      throws IOException {
    String expected = new String(says.octets(), StandardCharsets.UTF_8).stripTrailing();
    ByteArrayOutputStream octets = new ByteArrayOutputStream();
    int b = in.read();
    while (b >= 0 && b != '\n') {
      octets.write(b);
      b = in.read();
    }
    String line = octets.toString(StandardCharsets.UTF_8);
    String bare = line.endsWith("\r") ? line.substring(0, line.length() - 1) : line + "<no CRLF>";
    heard.add(bare);
    if (!new Expectation(expected).matches(bare)) {
      problems.add(
          "%s:%d expected: %s but came: %s"
              .formatted(dialogue.name(), says.line(), expected, bare));
    }
  }

  private Socket handshake(Socket socket) throws IOException {
    SSLSocket tls =
        (SSLSocket)
            certificate
                .orElseThrow(() -> new IOException("TLS in the script but no certificate"))
                .serverContext()
                .getSocketFactory()
                .createSocket(socket, "client.test", 1, true);
    tls.setUseClientMode(false);
    tls.startHandshake();
    open.add(tls);
    return tls;
  }

  private void close(Socket socket) {
    try {
      socket.close();
    } catch (IOException e) {
      problems.add("cannot close: " + e);
    }
  }

  @Override
  public void close() throws IOException {
    listening.close();
    open.forEach(this::close);
  }
}
