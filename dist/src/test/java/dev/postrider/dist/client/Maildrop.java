package dev.postrider.dist.client;

import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLSocketFactory;
import javax.net.ssl.TrustManager;
import javax.net.ssl.X509TrustManager;

/** A plain POP3 client over TLS: what is in a mailbox, octet for octet. */
public final class Maildrop implements AutoCloseable {
  private final Socket socket;
  private final InputStream in;

  private Maildrop(Socket socket) throws IOException {
    this.socket = socket;
    this.in = new BufferedInputStream(socket.getInputStream());
  }

  public static Maildrop open(int port, String user, String password)
      throws IOException, GeneralSecurityException {
    Maildrop drop = new Maildrop(trustingEverybody().createSocket("127.0.0.1", port));
    drop.expectOk(drop.line());
    drop.command("USER " + user);
    drop.command("PASS " + password);
    return drop;
  }

  /** Makes connections with TLS to whoever answers. */
  public static SSLSocketFactory trustingEverybody() throws GeneralSecurityException {
    SSLContext context = SSLContext.getInstance("TLS");
    context.init(null, new TrustManager[] {new TrustEverybody()}, null);
    return context.getSocketFactory();
  }

  /** How many messages there are. */
  public int count() throws IOException {
    return Integer.parseInt(command("STAT").split(" ")[1]);
  }

  /** A message from 1 on, dots unstuffed. */
  public byte[] message(int number) throws IOException {
    command("RETR " + number);
    return listing();
  }

  /** The first header lines of all messages: TOP with no body line. */
  public List<String> headers() throws IOException {
    List<String> out = new ArrayList<>();
    int count = count();
    for (int i = 1; i <= count; i++) {
      out.add(header(i));
    }
    return out;
  }

  /** The header of a message. */
  public String header(int number) throws IOException {
    command("TOP " + number + " 0");
    return new String(listing(), StandardCharsets.ISO_8859_1);
  }

  /** The subjects of all messages. */
  public List<String> subjects() throws IOException {
    return headers().stream().map(Maildrop::subject).toList();
  }

  /** The subject in a header; empty where there is none. */
  public static String subject(String header) {
    return header
        .lines()
        .filter(line -> line.startsWith("Subject: "))
        .map(line -> line.substring(9))
        .findFirst()
        .orElse("");
  }

  /** Hangs up without QUIT: what was marked as deleted stays. */
  public void abandon() throws IOException {
    socket.close();
  }

  public void delete(int number) throws IOException {
    command("DELE " + number);
  }

  private byte[] listing() throws IOException {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    for (byte[] line = rawLine(); !(line.length == 1 && line[0] == '.'); line = rawLine()) {
      int from = line.length > 0 && line[0] == '.' ? 1 : 0;
      out.write(line, from, line.length - from);
      out.write('\r');
      out.write('\n');
    }
    return out.toByteArray();
  }

  private String command(String text) throws IOException {
    socket.getOutputStream().write((text + "\r\n").getBytes(StandardCharsets.UTF_8));
    socket.getOutputStream().flush();
    return expectOk(line());
  }

  private String expectOk(String reply) throws IOException {
    if (!reply.startsWith("+OK")) {
      throw new IOException("POP3 said: " + reply);
    }
    return reply;
  }

  private String line() throws IOException {
    return new String(rawLine(), StandardCharsets.UTF_8);
  }

  private byte[] rawLine() throws IOException {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    int before = -1;
    for (int b = in.read(); !(before == '\r' && b == '\n'); b = in.read()) {
      if (b < 0) {
        throw new IOException("the server hung up");
      }
      out.write(b);
      before = b;
    }
    byte[] line = out.toByteArray();
    return Arrays.copyOf(line, line.length - 1);
  }

  @Override
  public void close() throws IOException {
    try {
      command("QUIT");
    } finally {
      socket.close();
    }
  }

  private static final class TrustEverybody implements X509TrustManager {
    @Override
    public void checkClientTrusted(X509Certificate[] chain, String type) {}

    @Override
    public void checkServerTrusted(X509Certificate[] chain, String type) {}

    @Override
    public X509Certificate[] getAcceptedIssuers() {
      return new X509Certificate[0];
    }
  }
}
