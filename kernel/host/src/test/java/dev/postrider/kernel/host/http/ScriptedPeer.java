package dev.postrider.kernel.host.http;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import javax.net.ServerSocketFactory;

/** A server on loopback that reads the head of a request and answers octets of a script. */
final class ScriptedPeer implements AutoCloseable {

  private final ServerSocket door;
  private final byte[] answer;
  private final boolean staysOpen;
  private final List<String> heads = new CopyOnWriteArrayList<>();
  private final List<Socket> open = new CopyOnWriteArrayList<>();

  private ScriptedPeer(ServerSocketFactory sockets, String answer, boolean staysOpen)
      throws IOException {
    this.door = sockets.createServerSocket(0, 10, InetAddress.getLoopbackAddress());
    this.answer = answer.getBytes(StandardCharsets.ISO_8859_1);
    this.staysOpen = staysOpen;
    Thread.ofVirtual().start(this::serve);
  }

  static ScriptedPeer answering(String answer) throws IOException {
    return new ScriptedPeer(ServerSocketFactory.getDefault(), answer, false);
  }

  static ScriptedPeer answeringOver(ServerSocketFactory sockets, String answer) throws IOException {
    return new ScriptedPeer(sockets, answer, false);
  }

  /** Answers these octets and then neither says more nor closes. */
  static ScriptedPeer stallingAfter(String answer) throws IOException {
    return new ScriptedPeer(ServerSocketFactory.getDefault(), answer, true);
  }

  int port() {
    return door.getLocalPort();
  }

  /** The heads of the requests so far. */
  List<String> heads() {
    return List.copyOf(heads);
  }

  private void serve() {
    while (!door.isClosed()) {
      try {
        Socket socket = door.accept();
        open.add(socket);
        heads.add(head(socket.getInputStream()));
        socket.getOutputStream().write(answer);
        socket.getOutputStream().flush();
        if (!staysOpen) {
          socket.close();
        }
      } catch (SocketException e) {
        // Closed by the test, or reset by the client under test.
        continue;
      } catch (IOException e) {
        heads.add("failed: " + e);
      }
    }
  }

  static String head(InputStream in) throws IOException {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    for (int c = in.read(); c >= 0; c = in.read()) {
      out.write(c);
      String text = out.toString(StandardCharsets.ISO_8859_1);
      int end = text.indexOf("\r\n\r\n");
      if (end >= 0 && text.length() == end + 4 + bodyLength(text)) {
        return text;
      }
    }
    return out.toString(StandardCharsets.ISO_8859_1);
  }

  private static int bodyLength(String head) {
    return head.lines()
        .filter(line -> line.startsWith("Content-Length: "))
        .mapToInt(line -> Integer.parseInt(line.substring(16)))
        .findFirst()
        .orElse(0);
  }

  @Override
  public void close() throws IOException {
    door.close();
    for (Socket socket : open) {
      socket.close();
    }
  }
}
