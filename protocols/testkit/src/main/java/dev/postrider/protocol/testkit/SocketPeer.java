package dev.postrider.protocol.testkit;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketException;
import java.nio.charset.StandardCharsets;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLSession;
import javax.net.ssl.SSLSocket;
import org.jspecify.annotations.Nullable;

/** A real connection. Reads wait for at most 20 seconds. */
public final class SocketPeer implements DialoguePeer {
  private final SSLContext trust;
  private Socket socket;
  private InputStream in;
  private OutputStream out;

  private SocketPeer(Socket socket, SSLContext trust) throws IOException {
    this.trust = trust;
    this.socket = socket;
    this.in = socket.getInputStream();
    this.out = socket.getOutputStream();
  }

  /** Connects in clear. */
  public static SocketPeer connect(InetSocketAddress address) throws IOException {
    return connect(address, TrustEverything.context());
  }

  /** Connects in clear; a later handshake uses the context and its session cache. */
  public static SocketPeer connect(InetSocketAddress address, SSLContext trust) throws IOException {
    Socket socket = new Socket();
    socket.setTcpNoDelay(true);
    socket.setSoTimeout(20_000);
    socket.connect(address, 20_000);
    return new SocketPeer(socket, trust);
  }

  /** Connects and does a handshake at once. */
  public static SocketPeer connectTls(InetSocketAddress address) throws IOException {
    SocketPeer peer = connect(address);
    peer.startTls();
    return peer;
  }

  @Override
  public void send(byte[] octets) throws IOException {
    out.write(octets);
    out.flush();
  }

  /** Sends text as UTF-8. */
  public void send(String text) throws IOException {
    send(text.getBytes(StandardCharsets.UTF_8));
  }

  @Override
  public @Nullable String readLine() throws IOException {
    ByteArrayOutputStream line = new ByteArrayOutputStream();
    int b = read();
    while (b >= 0 && b != '\n') {
      line.write(b);
      b = read();
    }
    if (b < 0 && line.size() == 0) {
      return null;
    }
    String text = line.toString(StandardCharsets.UTF_8);
    return text.endsWith("\r") ? text.substring(0, text.length() - 1) : text + "<no CRLF>";
  }

  private int read() throws IOException {
    try {
      return in.read();
    } catch (SocketException reset) {
      return -1; // for a dialogue, a reset is an end
    }
  }

  /** Sends a line, CRLF added, and returns the last line of the reply (SMTP continuation lines). */
  public String command(String line) throws IOException {
    send(line + "\r\n");
    return reply();
  }

  /** The last line of a reply, continuation lines skipped. */
  public String reply() throws IOException {
    String line = readLine();
    while (line != null && line.length() > 3 && line.charAt(3) == '-') {
      line = readLine();
    }
    return line == null ? "CLOSED" : line;
  }

  /** The stream that the server's octets come from. */
  public InputStream input() {
    return in;
  }

  /** Ends the sending side only. */
  public void halfClose() throws IOException {
    socket.shutdownOutput();
  }

  /** The TLS session, once there is one. */
  public SSLSession tlsSession() {
    return ((SSLSocket) socket).getSession();
  }

  @Override
  public void startTls() throws IOException {
    SSLSocket tls =
        (SSLSocket) trust.getSocketFactory().createSocket(socket, "server.test", 1, true);
    tls.startHandshake();
    socket = tls;
    in = tls.getInputStream();
    out = tls.getOutputStream();
  }

  @Override
  public void close() throws IOException {
    socket.close();
  }
}
