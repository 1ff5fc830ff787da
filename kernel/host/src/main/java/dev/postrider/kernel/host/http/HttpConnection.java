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
import java.net.Socket;
import java.net.URI;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.time.Duration;

/**
 * A connection for requests to one origin, one after the other (RFC 9112). Not thread-safe.
 *
 * <p>It serves another request only where nothing about the answer's end is in doubt, so that no
 * octet of one answer is ever taken for part of the next.
 */
final class HttpConnection implements AutoCloseable {

  private final Origin origin;
  private final InetAddress address;
  private final SocketChannel channel;
  private final Socket socket;
  private final InputStream in;
  private Duration keep = Duration.ZERO;
  private boolean heard;

  HttpConnection(Origin origin, InetAddress address, SocketChannel channel, Socket socket)
      throws IOException {
    this.origin = origin;
    this.address = address;
    this.channel = channel;
    this.socket = socket;
    this.in = new BufferedInputStream(socket.getInputStream());
  }

  Origin origin() {
    return origin;
  }

  /** The address that it was opened to. */
  InetAddress address() {
    return address;
  }

  /** How long it may wait for another request after the last answer; zero where it must not. */
  Duration keep() {
    return keep;
  }

  /** Whether anything came of the answer to the last request. */
  boolean heard() {
    return heard;
  }

  /**
   * Sends the request and reads the whole answer.
   *
   * @throws IOException with a reason for a person; the connection is then of no further use
   */
  HttpAnswer exchange(HttpRequest request) throws IOException {
    keep = Duration.ZERO;
    heard = false;
    boolean inTurn = send(request);
    AnswerReader reader = new AnswerReader(in, request.maxAnswer());
    try {
      HttpAnswer.Answered answer = reader.read(request.method());
      // What is there already can't be the answer to a request that is yet to be sent.
      keep = inTurn && in.available() == 0 ? reader.keep() : Duration.ZERO;
      return answer;
    } finally {
      heard = reader.heard();
    }
  }

  /** Whether the other side has neither ended it nor sent anything. Does not wait. */
  boolean isQuiet() {
    try {
      channel.configureBlocking(false);
      int read = channel.read(ByteBuffer.allocate(1));
      channel.configureBlocking(true);
      return read == 0;
    } catch (IOException _) {
      return false;
    }
  }

  // Whether the other side said nothing before it had all.
  private boolean send(HttpRequest request) throws IOException {
    OutputStream out = new BufferedOutputStream(socket.getOutputStream());
    out.write(head(request).getBytes(StandardCharsets.ISO_8859_1));
    if (sendsBody(request)) {
      try (InputStream body = request.body().open()) {
        body.transferTo(out);
      }
    }
    boolean inTurn = in.available() == 0;
    out.flush();
    return inTurn;
  }

  private static String head(HttpRequest request) {
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
    head.append("\r\n");
    if (sendsBody(request)) {
      head.append("Content-Length: ").append(request.body().size()).append("\r\n");
    }
    for (HttpField field : request.headers()) {
      head.append(field.name()).append(": ").append(field.value()).append("\r\n");
    }
    return head.append("\r\n").toString();
  }

  private static boolean sendsBody(HttpRequest request) {
    boolean bare = request.method().equals("GET") || request.method().equals("HEAD");
    return !bare || request.body().size() > 0;
  }

  @Override
  public void close() throws IOException {
    socket.close();
  }
}
