package dev.postrider.protocol.admin;

import dev.postrider.kernel.admin.AdminAnswer;
import java.util.Map;

/**
 * A response.
 *
 * @param status the HTTP status code
 * @param body to be written as JSON, or {@link Plain} text
 */
record AdminResponse(int status, Object body) {

  /** A body that is text: figures in the format of Prometheus. */
  record Plain(String text) {}

  /** What the body is, for the header. */
  String contentType() {
    return body instanceof Plain ? "text/plain; version=0.0.4; charset=utf-8" : Responses.JSON;
  }

  static AdminResponse ok(Object body) {
    return new AdminResponse(200, body);
  }

  static AdminResponse error(int status, String text) {
    return new AdminResponse(status, Map.of("done", false, "text", text));
  }

  static AdminResponse of(AdminAnswer answer) {
    return switch (answer) {
      case AdminAnswer.Done(String text) -> ok(Map.of("done", true, "text", text));
      case AdminAnswer.Refused refused ->
          new AdminResponse(
              switch (refused.reason()) {
                case INVALID -> 400;
                case UNKNOWN -> 404;
                case CONFLICT -> 409;
                case STORAGE -> 503;
              },
              Map.of("done", false, "reason", refused.reason().name(), "text", refused.text()));
    };
  }
}
