package dev.postrider.dist.client;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.net.Socket;
import java.nio.charset.StandardCharsets;

/** A plain SMTP client that says exactly what it is told. */
final class SmtpPeer implements AutoCloseable {
  private final Socket socket;
  private final BufferedReader in;
  private final OutputStream out;

  SmtpPeer(int port) throws IOException {
    socket = new Socket("127.0.0.1", port);
    in = new BufferedReader(new InputStreamReader(socket.getInputStream(), StandardCharsets.UTF_8));
    out = socket.getOutputStream();
    reply();
    command("EHLO client.test");
  }

  /** One reply, the lines of a long one joined. */
  String reply() throws IOException {
    StringBuilder all = new StringBuilder();
    while (true) {
      String line = in.readLine();
      if (line == null) {
        throw new IOException("the server hung up after: " + all);
      }
      all.append(line).append('\n');
      if (line.length() < 4 || line.charAt(3) != '-') {
        return all.toString().strip();
      }
    }
  }

  String command(String line) throws IOException {
    out.write((line + "\r\n").getBytes(StandardCharsets.UTF_8));
    out.flush();
    return reply();
  }

  /** Sends a mail; the octets must end with CRLF. Returns the reply to end-of-data. */
  String send(String from, String to, byte[] octets) throws IOException {
    expect("250", command("MAIL FROM:<" + from + ">"));
    expect("250", command("RCPT TO:<" + to + ">"));
    expect("354", command("DATA"));
    out.write(stuffed(octets));
    return command(".");
  }

  static byte[] stuffed(byte[] octets) {
    String text = new String(octets, StandardCharsets.ISO_8859_1);
    String dotted = text.startsWith(".") ? "." + text : text;
    return dotted.replace("\r\n.", "\r\n..").getBytes(StandardCharsets.ISO_8859_1);
  }

  private static void expect(String code, String reply) throws IOException {
    if (!reply.startsWith(code)) {
      throw new IOException("SMTP said: " + reply);
    }
  }

  @Override
  public void close() throws IOException {
    socket.close();
  }
}
