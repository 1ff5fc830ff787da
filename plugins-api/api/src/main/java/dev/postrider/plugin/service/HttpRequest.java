package dev.postrider.plugin.service;

import dev.postrider.plugin.Content;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/**
 * What to ask an HTTP server. Immutable; each {@code with…} makes another one.
 *
 * @param method a token such as {@code GET} or {@code POST}
 * @param uri absolute, {@code http} or {@code https}, with a host, without user information
 * @param headers fields besides {@code Host}, {@code Content-Length}, {@code Transfer-Encoding},
 *     {@code Connection}, {@code TE}, {@code Upgrade} and {@code Expect}, which the host writes
 * @param body what is sent; not sent at all where empty and the method is GET or HEAD
 * @param deadline for everything: name lookup, connecting, TLS, sending and the whole answer
 * @param maxAnswer octets that the answer's body may have
 * @since 1.0
 */
public record HttpRequest(
    String method,
    URI uri,
    List<HttpField> headers,
    Content body,
    Duration deadline,
    int maxAnswer) {

  private static final Duration DEADLINE = Duration.ofSeconds(5);
  private static final int MAX_ANSWER = 1 << 20;
  private static final Set<String> SCHEMES = Set.of("http", "https");
  private static final Set<String> OF_THE_HOST =
      Set.of(
          "host", "content-length", "transfer-encoding", "connection", "te", "upgrade", "expect");

  /**
   * Checks the parts and copies the list.
   *
   * @throws IllegalArgumentException with a reason for a person
   */
  public HttpRequest {
    headers = List.copyOf(headers);
    if (!HttpField.isToken(method) || method.equals("CONNECT")) {
      throw new IllegalArgumentException("'" + method + "' is not a method to ask with");
    }
    checked(uri);
    for (HttpField field : headers) {
      if (OF_THE_HOST.contains(field.name().toLowerCase(Locale.ROOT))) {
        throw new IllegalArgumentException(field.name() + " is written by the host");
      }
    }
    if (!deadline.isPositive() || maxAnswer < 0) {
      throw new IllegalArgumentException("a deadline is positive, a limit not negative");
    }
  }

  /** GET with a deadline of 5 s and at most 1 MiB of answer. */
  public static HttpRequest get(URI uri) {
    return new HttpRequest("GET", uri, List.of(), Content.of(new byte[0]), DEADLINE, MAX_ANSWER);
  }

  /** POST of UTF-8 text with a deadline of 5 s and at most 1 MiB of answer. */
  public static HttpRequest post(URI uri, String mediaType, String text) {
    return post(uri, mediaType, Content.of(text.getBytes(StandardCharsets.UTF_8)));
  }

  /** POST with a deadline of 5 s and at most 1 MiB of answer. */
  public static HttpRequest post(URI uri, String mediaType, Content body) {
    List<HttpField> type = List.of(new HttpField("Content-Type", mediaType));
    return new HttpRequest("POST", uri, type, body, DEADLINE, MAX_ANSWER);
  }

  /** The same with one more header field. */
  public HttpRequest withHeader(String name, String value) {
    List<HttpField> all = new ArrayList<>(headers);
    all.add(new HttpField(name, value));
    return new HttpRequest(method, uri, all, body, deadline, maxAnswer);
  }

  /** The same with another deadline. */
  public HttpRequest withDeadline(Duration other) {
    return new HttpRequest(method, uri, headers, body, other, maxAnswer);
  }

  /** The same with another limit of the answer's body, in octets. */
  public HttpRequest withMaxAnswer(int octets) {
    return new HttpRequest(method, uri, headers, body, deadline, octets);
  }

  /**
   * The URI, which can be asked.
   *
   * @throws IllegalArgumentException with a reason for a person when it can't
   */
  public static URI checked(URI uri) {
    String scheme = String.valueOf(uri.getScheme()).toLowerCase(Locale.ROOT);
    if (!SCHEMES.contains(scheme) || uri.getHost() == null) {
      throw new IllegalArgumentException(
          "'" + uri + "' is not a URL like https://filter.example.org/check");
    }
    if (uri.getRawUserInfo() != null) {
      throw new IllegalArgumentException(
          "a URL for " + uri.getHost() + " holds a user or password; send them in a header field");
    }
    if (uri.getPort() == 0 || uri.getPort() > 65_535) {
      throw new IllegalArgumentException("port " + uri.getPort() + " is not one from 1 to 65535");
    }
    return uri;
  }
}
