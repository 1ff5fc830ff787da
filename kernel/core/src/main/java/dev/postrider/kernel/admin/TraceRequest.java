package dev.postrider.kernel.admin;

import dev.postrider.plugin.Content;
import java.util.List;

/**
 * A mail to be run through the pipeline without committing anything.
 *
 * @param from the reverse path, empty for the null path
 * @param to the recipients, at least one
 * @param client the IP address it is said to come from
 * @param helo the name that it is said to give; empty for one that stands for it
 * @param login the account that it is said to have logged in with; empty for none
 * @param message its octets
 */
public record TraceRequest(
    String from, List<String> to, String client, String helo, String login, Content message) {

  /** Copies the list. */
  public TraceRequest {
    to = List.copyOf(to);
  }
}
