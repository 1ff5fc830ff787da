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
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * A mail host that takes everything and remembers what it took. Only recipients whose address
 * begins with {@code slow} are put off twice before they are taken.
 */
public final class RecordingSink implements AutoCloseable {
  private static final int PUT_OFF = 2;

  private final ServerSocket server;
  private final List<Taken> taken = new CopyOnWriteArrayList<>();
  private final Map<String, Integer> tries = new ConcurrentHashMap<>();
  private final AtomicInteger brokenOff = new AtomicInteger();

  /** A message, and for whom: addresses as they stood in RCPT, without brackets. */
  public record Taken(String subject, List<String> recipients) {}

  public RecordingSink() throws IOException {
    this(0);
  }

  public RecordingSink(int port) throws IOException {
    server = new ServerSocket(port, 500, InetAddress.getLoopbackAddress());
    Thread.ofVirtual().name("recording-sink").start(this::accept);
  }

  public int port() {
    return server.getLocalPort();
  }

  /** The subjects of all messages taken, in the order they came. */
  public List<String> subjects() {
    return taken.stream().map(Taken::subject).toList();
  }

  /** All messages taken, in the order they came. */
  public List<Taken> taken() {
    return List.copyOf(taken);
  }

  /** Connections that ended without QUIT. */
  public int brokenOff() {
    return brokenOff.get();
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
      List<String> recipients = new ArrayList<>();
      for (String line = in.readLine(); line != null; line = in.readLine()) {
        String verb = line.split("[ :]", 2)[0].toUpperCase(Locale.ROOT);
        switch (verb) {
          case "DATA" -> {
            say(out, "354 go on");
            String subject = data(in);
            taken.add(new Taken(subject, List.copyOf(recipients)));
            say(out, "250 taken");
          }
          case "MAIL", "RSET" -> {
            recipients.clear();
            say(out, "250 ok");
          }
          case "RCPT" -> {
            String recipient = line.substring(line.indexOf('<') + 1, line.indexOf('>'));
            if (isPutOff(recipient)) {
              say(out, "451 4.2.1 not yet");
            } else {
              recipients.add(recipient);
              say(out, "250 ok");
            }
          }
          case "QUIT" -> {
            say(out, "221 bye");
            return;
          }
          default -> say(out, "250 ok");
        }
      }
      brokenOff.incrementAndGet();
    } catch (IOException e) {
      // The server under test was killed: its connection may break anywhere.
      brokenOff.incrementAndGet();
    }
  }

  private boolean isPutOff(String recipient) {
    return recipient.startsWith("slow") && tries.merge(recipient, 1, Integer::sum) <= PUT_OFF;
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
