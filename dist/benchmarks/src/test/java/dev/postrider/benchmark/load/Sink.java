package dev.postrider.benchmark.load;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;

/** Takes SMTP messages and remembers them. */
final class Sink implements AutoCloseable {

  final Queue<String> commands = new ConcurrentLinkedQueue<>();
  final Queue<String> messages = new ConcurrentLinkedQueue<>();
  private final ServerSocket server;

  Sink() throws IOException {
    server = new ServerSocket(0, 100, InetAddress.getLoopbackAddress());
    Thread.ofVirtual().start(this::accept);
  }

  InetSocketAddress address() {
    return (InetSocketAddress) server.getLocalSocketAddress();
  }

  private void accept() {
    try {
      while (true) {
        Socket socket = server.accept();
        Thread.ofVirtual().start(() -> talk(socket));
      }
    } catch (IOException e) {
      // Closed at the end of the test.
    }
  }

  private void talk(Socket socket) {
    try (Socket open = socket;
        OutputStream out = open.getOutputStream()) {
      BufferedReader in =
          new BufferedReader(
              new InputStreamReader(open.getInputStream(), StandardCharsets.ISO_8859_1));
      say(out, "220-several lines", "220 ready");
      for (String line = in.readLine(); line != null; line = in.readLine()) {
        commands.add(line);
        if (line.startsWith("PROXY ")) {
          continue;
        }
        if (line.equals("DATA")) {
          say(out, "354 go on");
          StringBuilder text = new StringBuilder();
          for (String each = in.readLine(); !".".equals(each); each = in.readLine()) {
            text.append(each).append("\r\n");
          }
          messages.add(text.toString());
        }
        say(out, line.startsWith("EHLO") ? "250-sink" : "250-fine", "250 OK");
      }
    } catch (IOException e) {
      // The client has gone, which the tests see by what it counted.
    }
  }

  private static void say(OutputStream out, String... lines) throws IOException {
    out.write((String.join("\r\n", lines) + "\r\n").getBytes(StandardCharsets.ISO_8859_1));
    out.flush();
  }

  @Override
  public void close() throws IOException {
    server.close();
  }
}
