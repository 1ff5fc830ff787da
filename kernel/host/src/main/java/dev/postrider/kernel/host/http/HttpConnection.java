package dev.postrider.kernel.host.http;

import dev.postrider.plugin.service.HttpAnswer;
import dev.postrider.plugin.service.HttpField;
import dev.postrider.plugin.service.HttpRequest;
import java.io.BufferedInputStream;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.function.Supplier;
import javax.net.ssl.SNIHostName;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.SSLSocketFactory;

/** One connection for one request and its answer (RFC 9112). Not thread-safe. */
final class HttpConnection implements AutoCloseable {

  private final HttpRequest request;
  private final Socket socket;

  private HttpConnection(HttpRequest request, Socket socket) {
    this.request = request;
    this.socket = socket;
  }

  /**
   * Connects to a checked address of the request's host, with TLS where the scheme asks for it.
   *
   * @throws IOException with a reason for a person
   */
  static HttpConnection open(
      HttpRequest request, AddressGuard guard, Supplier<SSLSocketFactory> tls) throws IOException {
    URI uri = request.uri();
    boolean encrypted = uri.getScheme().equalsIgnoreCase("https");
    int port = uri.getPort() > 0 ? uri.getPort() : encrypted ? 443 : 80;
    Socket plain = connect(request, guard.addresses(uri.getHost()), port);
    try {
      return new HttpConnection(
          request, encrypted ? secured(plain, tls.get(), uri.getHost(), port) : plain);
    } catch (IOException | RuntimeException e) {
      plain.close();
      throw e;
    }
  }

  // One address that does not answer must not use up the time of the others.
  private static Socket connect(HttpRequest request, List<InetAddress> addresses, int port)
      throws IOException {
    long patience = Math.max(1, request.deadline().toMillis() / addresses.size());
    IOException last = new IOException("there is no address");
    for (InetAddress address : addresses) {
      Socket socket = new Socket();
      try {
        socket.connect(
            new InetSocketAddress(address, port), (int) Math.min(patience, Integer.MAX_VALUE));
        return socket;
      } catch (IOException e) {
        socket.close();
        last = new IOException("can't connect to " + address.getHostAddress() + ": " + e, e);
      }
    }
    throw last;
  }

  private static Socket secured(Socket plain, SSLSocketFactory tls, String host, int port)
      throws IOException {
    String bare = host.startsWith("[") ? host.substring(1, host.length() - 1) : host;
    SSLSocket socket = (SSLSocket) tls.createSocket(plain, bare, port, true);
    SSLParameters parameters = socket.getSSLParameters();
    parameters.setEndpointIdentificationAlgorithm("HTTPS");
    if (!AddressGuard.isLiteral(host)) {
      parameters.setServerNames(List.of(new SNIHostName(bare)));
    }
    socket.setSSLParameters(parameters);
    socket.startHandshake();
    return socket;
  }

  /**
   * Sends the request and reads the whole answer.
   *
   * @throws IOException with a reason for a person
   */
  HttpAnswer exchange() throws IOException {
    send();
    InputStream in = new BufferedInputStream(socket.getInputStream());
    return new AnswerReader(in, request.maxAnswer()).read(request.method());
  }

  private void send() throws IOException {
    OutputStream out = new BufferedOutputStream(socket.getOutputStream());
    out.write(head().getBytes(StandardCharsets.ISO_8859_1));
    if (sendsBody()) {
      try (InputStream body = request.body().open()) {
        body.transferTo(out);
      }
    }
    out.flush();
  }

  private String head() {
    URI uri = URI.create(request.uri().toASCIIString());
    StringBuilder head = new StringBuilder(request.method()).append(' ');
    head.append(uri.getRawPath().isEmpty() ? "/" : uri.getRawPath());
    if (uri.getRawQuery() != null) {
      head.append('?').append(uri.getRawQuery());
    }
    head.append(" HTTP/1.1\r\nHost: ").append(uri.getHost());
    if (uri.getPort() > 0) {
      head.append(':').append(uri.getPort());
    }
    head.append("\r\nConnection: close\r\n");
    if (sendsBody()) {
      head.append("Content-Length: ").append(request.body().size()).append("\r\n");
    }
    for (HttpField field : request.headers()) {
      head.append(field.name()).append(": ").append(field.value()).append("\r\n");
    }
    return head.append("\r\n").toString();
  }

  private boolean sendsBody() {
    boolean bare = request.method().equals("GET") || request.method().equals("HEAD");
    return !bare || request.body().size() > 0;
  }

  @Override
  public void close() throws IOException {
    socket.close();
  }
}
