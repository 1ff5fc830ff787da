package dev.postrider.mailet.filtering.daemon;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.InterruptedIOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;

/** A daemon of a script on loopback: what it says over each connection, then it hangs up. */
public final class ScriptedPeer implements AutoCloseable {

  /** What it does with a connection. */
  @FunctionalInterface
  public interface Script {
    /**
     * Talks.
     *
     * @param number of the connection, from 0 on
     */
    void talk(int number, InputStream in, OutputStream out) throws IOException;
  }

  private final ServerSocket door;
  private final Script script;
  private final List<Socket> sockets = new CopyOnWriteArrayList<>();
  private final List<Thread> talking = new CopyOnWriteArrayList<>();
  private final AtomicInteger served = new AtomicInteger();

  /** Listens at once. */
  public ScriptedPeer(Script script) throws IOException {
    this.script = script;
    this.door = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
    Thread.ofVirtual().start(this::serve);
  }

  /** One that reads some octets of each connection, says something and hangs up. */
  public static ScriptedPeer of(int reads, byte[] says) throws IOException {
    return new ScriptedPeer(
        (_, in, out) -> {
          in.readNBytes(reads);
          out.write(says);
          out.flush();
        });
  }

  /** Says nothing, and keeps the connection open until the test is over. */
  public static void silence() throws IOException {
    try {
      new CountDownLatch(1).await();
    } catch (InterruptedException e) {
      throw new InterruptedIOException();
    }
  }

  /** One of which nobody answers: the port was free a moment ago. */
  public static DaemonAddress nobody() throws IOException {
    try (ServerSocket free = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return new DaemonAddress.Inet("127.0.0.1", free.getLocalPort());
    }
  }

  public DaemonAddress address() {
    return new DaemonAddress.Inet("127.0.0.1", door.getLocalPort());
  }

  /** How many connections it took. */
  public int connections() {
    return served.get();
  }

  /** Ends all connections. */
  public void hangUp() throws IOException {
    for (Socket socket : sockets) {
      socket.close();
    }
  }

  private void serve() {
    while (!door.isClosed()) {
      try {
        Socket socket = door.accept();
        sockets.add(socket);
        int number = served.getAndIncrement();
        talking.add(Thread.ofVirtual().start(() -> talk(number, socket)));
      } catch (IOException e) {
        // The test is over.
        return;
      }
    }
  }

  private void talk(int number, Socket socket) {
    try (socket) {
      script.talk(
          number, new BufferedInputStream(socket.getInputStream()), socket.getOutputStream());
    } catch (IOException e) {
      // The client under test has hung up.
      return;
    }
  }

  @Override
  public void close() throws IOException {
    door.close();
    talking.forEach(Thread::interrupt);
    hangUp();
  }
}
