package dev.postrider.kernel.host.http;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import javax.net.ServerSocketFactory;

/** A server on loopback that answers request after request on each connection. */
final class KeepingPeer implements AutoCloseable {

  /** What is answered. */
  interface Script {
    /**
     * The octets for a request, both counted from 1; empty where the connection is closed instead.
     */
    Optional<String> answer(int connection, int request);
  }

  private final ServerSocket door;
  private final Script script;
  private final List<Socket> connections = new CopyOnWriteArrayList<>();
  private final List<Integer> requests = new CopyOnWriteArrayList<>();

  KeepingPeer(Script script) throws IOException {
    this(ServerSocketFactory.getDefault(), script);
  }

  KeepingPeer(ServerSocketFactory sockets, Script script) throws IOException {
    this.door = sockets.createServerSocket(0, 50, InetAddress.getLoopbackAddress());
    this.script = script;
    Thread.ofVirtual().start(this::serve);
  }

  int port() {
    return door.getLocalPort();
  }

  /** How many connections there were so far. */
  int connections() {
    return connections.size();
  }

  /** For each request the number of its connection. */
  List<Integer> requests() {
    return List.copyOf(requests);
  }

  /** Says something on a connection without being asked. */
  void say(int connection, String octets) throws IOException {
    Socket socket = connections.get(connection - 1);
    socket.getOutputStream().write(octets.getBytes(StandardCharsets.ISO_8859_1));
    socket.getOutputStream().flush();
  }

  /** Ends a connection. */
  void hangUp(int connection) throws IOException {
    connections.get(connection - 1).close();
  }

  private void serve() {
    while (!door.isClosed()) {
      try {
        Socket socket = door.accept();
        // What it says is there at once.
        socket.setTcpNoDelay(true);
        connections.add(socket);
        int number = connections.size();
        Thread.ofVirtual().start(() -> serve(number, socket));
      } catch (IOException e) {
        if (!door.isClosed()) {
          throw new IllegalStateException(e);
        }
      }
    }
  }

  private void serve(int number, Socket socket) {
    try (socket) {
      for (int i = 1; !ScriptedPeer.head(socket.getInputStream()).isEmpty(); i++) {
        requests.add(number);
        Optional<String> answer = script.answer(number, i);
        if (answer.isEmpty()) {
          return;
        }
        say(number, answer.get());
      }
    } catch (SocketException e) {
      // Closed by the test, or reset by the client under test.
    } catch (IOException e) {
      throw new IllegalStateException(e);
    }
  }

  @Override
  public void close() throws IOException {
    door.close();
    for (Socket socket : connections) {
      socket.close();
    }
  }
}
