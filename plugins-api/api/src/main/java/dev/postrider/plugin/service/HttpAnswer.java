package dev.postrider.plugin.service;

import dev.postrider.plugin.Content;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;

/**
 * What a request came to.
 *
 * @since 1.0
 */
public sealed interface HttpAnswer {

  /**
   * The server answered, whatever it says.
   *
   * @param status 200 to 599
   * @param headers in the order of the answer
   * @param body octets on the heap, within the request's limit; transfer codings are undone,
   *     content codings are not
   */
  record Answered(int status, List<HttpField> headers, Content body) implements HttpAnswer {
    /** Copies the list. */
    public Answered {
      headers = List.copyOf(headers);
    }

    /** Whether the status is 2xx. */
    public boolean isSuccess() {
      return status / 100 == 2;
    }

    /** The value of the first field of a name. */
    public Optional<String> header(String name) {
      return headers.stream().filter(field -> field.is(name)).map(HttpField::value).findFirst();
    }

    /** The body as UTF-8; what is none is replaced. */
    public String text() {
      try (InputStream in = body.open()) {
        return new String(in.readAllBytes(), StandardCharsets.UTF_8);
      } catch (IOException e) {
        throw new IllegalStateException("octets on the heap can't fail to be read", e);
      }
    }
  }

  /**
   * There is no complete answer: name, address, connection, certificate, deadline or limit.
   *
   * @param reason for a person; names the server and what happened, no secrets of the request
   */
  record Failed(String reason) implements HttpAnswer {}
}
