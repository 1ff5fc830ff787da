package dev.postrider.kernel.admin;

import dev.postrider.plugin.Content;
import java.util.List;

/**
 * A mail to be run through the pipeline without committing anything.
 *
 * @param from the reverse path, empty for the null path
 * @param to the recipients, at least one
 * @param client the IP address it is said to come from
 * @param message its octets
 */
public record TraceRequest(String from, List<String> to, String client, Content message) {

  /** Copies the list. */
  public TraceRequest {
    to = List.copyOf(to);
  }
}
