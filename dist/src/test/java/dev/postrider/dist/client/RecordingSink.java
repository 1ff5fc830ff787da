package dev.postrider.dist.client;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.CopyOnWriteArrayList;

/** A mail host that takes everything and remembers the subject of each message. */
final class RecordingSink implements AutoCloseable {
  private final ServerSocket server;
  private final List<String> subjects = new CopyOnWriteArrayList<>();

  RecordingSink() throws IOException {
    this(0);
  }

  RecordingSink(int port) throws IOException {
    server = new ServerSocket(port, 500, InetAddress.getLoopbackAddress());
    Thread.ofVirtual().name("recording-sink").start(this::accept);
  }

  int port() {
    return server.getLocalPort();
  }

  /** The subjects of all messages taken, in the order they came. */
  List<String> subjects() {
    return subjects;
  }

  private void accept() {
    while (!server.isClosed()) {
      try {
        Socket socket = server.accept();
        Thread.ofVirtual().start(() -> serve(socket));
      } catch (IOException e) {
        if (!server.isClosed()) {
          throw new UncheckedIOException(e);
        }
      }
    }
  }

  private void serve(Socket socket) {
    try (socket;
        BufferedReader in =
            new BufferedReader(
                new InputStreamReader(socket.getInputStream(), StandardCharsets.UTF_8))) {
      OutputStream out = socket.getOutputStream();
      say(out, "220 sink.test ready");
      for (String line = in.readLine(); line != null; line = in.readLine()) {
        String verb = line.split("[ :]", 2)[0].toUpperCase(Locale.ROOT);
        switch (verb) {
          case "DATA" -> {
            say(out, "354 go on");
            String subject = data(in);
            subjects.add(subject);
            say(out, "250 taken");
          }
          case "QUIT" -> {
            say(out, "221 bye");
            return;
          }
          default -> say(out, "250 ok");
        }
      }
    } catch (IOException e) {
      // The server under test was killed: its connection may break anywhere.
    }
  }

  private static String data(BufferedReader in) throws IOException {
    String subject = "";
    for (String line = in.readLine(); !".".equals(line); line = in.readLine()) {
      if (line == null) {
        throw new IOException("broke off in DATA");
      }
      if (line.startsWith("Subject: ")) {
        subject = line.substring(9);
      }
    }
    return subject;
  }

  private static void say(OutputStream out, String line) throws IOException {
    out.write((line + "\r\n").getBytes(StandardCharsets.UTF_8));
    out.flush();
  }

  @Override
  public void close() throws IOException {
    server.close();
  }
}
