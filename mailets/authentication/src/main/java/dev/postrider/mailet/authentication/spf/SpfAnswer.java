package dev.postrider.mailet.authentication.spf;

import java.util.Optional;

/**
 * What a check came to.
 *
 * @param result the result
 * @param why what decided it, for people: a term and whose it is, or what is wrong
 * @param explanation what the domain wants those to be told who fail: printable ASCII, a stranger's
 *     words
 */
public record SpfAnswer(SpfResult result, String why, Optional<String> explanation) {

  static SpfAnswer of(SpfResult result, String why) {
    return new SpfAnswer(result, why, Optional.empty());
  }
}
