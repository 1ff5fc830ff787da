package dev.postrider.dist.startup;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.TrustManager;

/** A client of the line protocols as simple as can be, for {@link Rehearsal}. Trusts anybody. */
final class LineDialogue implements AutoCloseable {

  private static final int TIMEOUT_MILLIS = 30_000;

  private Socket socket;
  private BufferedReader in;

  private LineDialogue(Socket socket) throws IOException {
    this.socket = socket;
    this.in = reader(socket);
  }

  /** Connects, with TLS from the first octet on where asked to. */
  static LineDialogue open(InetSocketAddress address, boolean secure) throws IOException {
    Socket socket = new Socket(address.getAddress(), address.getPort());
    socket.setSoTimeout(TIMEOUT_MILLIS);
    LineDialogue dialogue = new LineDialogue(socket);
    if (secure) {
      dialogue.secure();
    }
    return dialogue;
  }

  private static BufferedReader reader(Socket socket) throws IOException {
    return new BufferedReader(
        new InputStreamReader(socket.getInputStream(), StandardCharsets.ISO_8859_1));
  }

  /** From here on with TLS. */
  void secure() throws IOException {
    try {
      SSLContext context = SSLContext.getInstance("TLS");
      context.init(null, new TrustManager[] {new TrustsAnybody()}, null);
      SSLSocket secured =
          (SSLSocket)
              context
                  .getSocketFactory()
                  .createSocket(
                      socket, socket.getInetAddress().getHostAddress(), socket.getPort(), true);
      secured.startHandshake();
      socket = secured;
      in = reader(secured);
    } catch (GeneralSecurityException e) {
      throw new IOException("this JDK has no TLS", e);
    }
  }

  /** Sends a line and waits for the reply, which has to begin so. */
  void say(String line, String expected) throws IOException {
    OutputStream out = socket.getOutputStream();
    out.write((line + "\r\n").getBytes(StandardCharsets.ISO_8859_1));
    out.flush();
    hear(expected);
  }

  /** Waits for a reply, which has to begin so. */
  void hear(String expected) throws IOException {
    String line = line();
    while (line.length() > 3 && line.charAt(3) == '-' && Character.isDigit(line.charAt(0))) {
      line = line();
    }
    if (!line.startsWith(expected)) {
      throw new IOException("the server said " + line);
    }
  }

  /** Reads up to the line that is a single dot. */
  void hearUntilDot() throws IOException {
    while (!line().equals(".")) {
      // the content is of no interest
    }
  }

  private String line() throws IOException {
    String line = in.readLine();
    if (line == null) {
      throw new IOException("the server ended the connection");
    }
    return line;
  }

  @Override
  public void close() throws IOException {
    socket.close();
  }
}
