package dev.postrider.mailet.filtering.hook;

import dev.postrider.plugin.Doc;
import dev.postrider.plugin.service.HttpRequest;
import java.net.URI;

/**
 * Where a hook posts to.
 *
 * @param uri absolute, http or https
 */
@Doc("URL")
public record HookUrl(URI uri) {

  /**
   * Reads an http or https URL.
   *
   * @throws IllegalArgumentException with a reason for a person when it is none
   */
  public static HookUrl parse(String text) {
    return new HookUrl(HttpRequest.checked(URI.create(text.strip())));
  }
}
