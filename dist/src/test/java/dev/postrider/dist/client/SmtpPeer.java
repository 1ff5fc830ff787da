package dev.postrider.dist.client;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.List;

/** A plain SMTP client that says exactly what it is told. */
public final class SmtpPeer implements AutoCloseable {
  private final Socket socket;
  private final BufferedReader in;
  private final OutputStream out;

  public SmtpPeer(int port) throws IOException {
    this(new Socket("127.0.0.1", port));
    reply();
    command("EHLO client.test");
  }

  /** On a connection whose greeting was not read yet. */
  public SmtpPeer(Socket socket) throws IOException {
    this.socket = socket;
    in = new BufferedReader(new InputStreamReader(socket.getInputStream(), StandardCharsets.UTF_8));
    out = socket.getOutputStream();
  }

  /** Whether the server has ended the connection; waits for what it says or does next. */
  public boolean isClosed() throws IOException {
    return in.read() < 0;
  }

  /** Octets without waiting for a reply. */
  public void write(byte[] octets) throws IOException {
    out.write(octets);
    out.flush();
  }

  /** One reply, the lines of a long one joined. */
  public String reply() throws IOException {
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

  public String command(String line) throws IOException {
    out.write((line + "\r\n").getBytes(StandardCharsets.UTF_8));
    out.flush();
    return reply();
  }

  /** Sends a mail; the octets must end with CRLF. Returns the reply to end-of-data. */
  public String send(String from, String to, byte[] octets) throws IOException {
    return send(from, List.of(to), octets);
  }

  /** Sends a mail to all of these. */
  public String send(String from, List<String> to, byte[] octets) throws IOException {
    expect("250", command("MAIL FROM:<" + from + ">"));
    for (String recipient : to) {
      expect("250", command("RCPT TO:<" + recipient + ">"));
    }
    expect("354", command("DATA"));
    out.write(stuffed(octets));
    return command(".");
  }

  public static byte[] stuffed(byte[] octets) {
    String text = new String(octets, StandardCharsets.ISO_8859_1);
    String dotted = text.startsWith(".") ? "." + text : text;
    return dotted.replace("\r\n.", "\r\n..").getBytes(StandardCharsets.ISO_8859_1);
  }

  /** Sends a mail as far as it is let; the last reply. */
  public String trySend(String from, String to, byte[] octets) throws IOException {
    String reply = command("MAIL FROM:<" + from + ">");
    if (reply.startsWith("250")) {
      reply = command("RCPT TO:<" + to + ">");
    }
    if (reply.startsWith("250")) {
      reply = command("DATA");
    }
    if (reply.startsWith("354")) {
      out.write(stuffed(octets));
      reply = command(".");
    }
    return reply;
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
