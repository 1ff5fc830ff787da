package dev.postrider.protocol.smtp.client;

import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.jspecify.annotations.Nullable;

/**
 * A peer that takes everything, pipelined or not, writes down each transaction, and is as lax about
 * the end of data as the laxest server: any line end before and after a lone dot ends a mail.
 */
final class StrictSink implements AutoCloseable {

  private static final String END = "\r\n.\r\n";

  private final ServerSocket listening;
  private final String extensions;
  private final boolean lax;
  final List<String> commands = new CopyOnWriteArrayList<>();
  final List<byte[]> mails = new CopyOnWriteArrayList<>();

  /** With these lines of the reply to EHLO, such as {@code 250-PIPELINING\r\n}. */
  StrictSink(boolean lax, String... keywords) throws IOException {
    this.lax = lax;
    this.listening = new ServerSocket(0, 10, InetAddress.getLoopbackAddress());
    StringBuilder lines = new StringBuilder("250-sink.test\r\n");
    for (String each : keywords) {
      lines.append("250-").append(each).append("\r\n");
    }
    this.extensions = lines.append("250 HELP\r\n").toString();
    Thread.ofVirtual().start(this::accept);
  }

  InetSocketAddress address() {
    return (InetSocketAddress) listening.getLocalSocketAddress();
  }

  String mail(int index) {
    return new String(mails.get(index), StandardCharsets.ISO_8859_1);
  }

  private void accept() {
    while (!listening.isClosed()) {
      try {
        Socket socket = listening.accept();
        Thread.ofVirtual().start(() -> serve(socket));
      } catch (IOException e) {
        if (!listening.isClosed()) {
          commands.add("cannot accept " + e);
        }
      }
    }
  }

  private void serve(Socket socket) {
    try (socket) {
      InputStream in = new BufferedInputStream(socket.getInputStream());
      say(socket, "220 sink.test\r\n");
      for (String line = line(in); line != null; line = line(in)) {
        commands.add(line);
        String verb = line.length() < 4 ? line : line.substring(0, 4);
        switch (verb) {
          case "EHLO" -> say(socket, extensions);
          case "DATA" -> {
            say(socket, "354 go\r\n");
            mails.add(lax ? laxMail(in) : strictMail(in));
            say(socket, "250 2.0.0 taken\r\n");
          }
          case "BDAT" -> {
            mails.add(in.readNBytes(Integer.parseInt(line.split(" ")[1])));
            say(socket, "250 2.0.0 taken\r\n");
          }
          case "QUIT" -> {
            say(socket, "221 bye\r\n");
            return;
          }
          default -> say(socket, "250 2.1.0 ok\r\n");
        }
      }
    } catch (IOException e) {
      commands.add("broke " + e);
    }
  }

  private static void say(Socket socket, String text) throws IOException {
    socket.getOutputStream().write(text.getBytes(StandardCharsets.US_ASCII));
  }

  private static @Nullable String line(InputStream in) throws IOException {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    for (int b = in.read(); b >= 0; b = in.read()) {
      if (b == '\n') {
        String text = out.toString(StandardCharsets.UTF_8);
        return text.endsWith("\r") ? text.substring(0, text.length() - 1) : text + "<bare LF>";
      }
      out.write(b);
    }
    return null;
  }

  private static byte[] strictMail(InputStream in) throws IOException {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    int matched = 2;
    while (matched < END.length()) {
      int b = in.read();
      if (b < 0) {
        throw new IOException("the mail has no end");
      }
      out.write(b);
      matched = b == END.charAt(matched) ? matched + 1 : b == '\r' ? 1 : 0;
    }
    String raw = out.toString(StandardCharsets.ISO_8859_1);
    String mail = ("\r\n" + raw.substring(0, raw.length() - 3)).replace("\r\n.", "\r\n");
    return mail.substring(2).getBytes(StandardCharsets.ISO_8859_1);
  }

  private static byte[] laxMail(InputStream in) throws IOException {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    StringBuilder tail = new StringBuilder("\r\n");
    while (true) {
      int b = in.read();
      if (b < 0) {
        throw new IOException("the mail has no end");
      }
      out.write(b);
      if (b != 0) {
        tail.append((char) b);
      }
      if (tail.toString().matches("(?s).*[\r\n]\\.\r*[\r\n]")) {
        if (b == '\r') {
          in.mark(1);
          if (in.read() != '\n') {
            in.reset();
          }
        }
        return out.toByteArray();
      }
      if (tail.length() > 8) {
        tail.delete(0, tail.length() - 8);
      }
    }
  }

  @Override
  public void close() throws IOException {
    listening.close();
  }
}
