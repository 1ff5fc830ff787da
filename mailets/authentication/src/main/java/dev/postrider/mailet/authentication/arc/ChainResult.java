package dev.postrider.mailet.authentication.arc;

import java.util.List;

/**
 * What a chain comes to.
 *
 * @param status whether it holds
 * @param reason a few words for a person; empty where there is nothing to say
 * @param sealers the domains that sealed it, the oldest first; empty unless it holds
 * @param oldestPass the oldest set of which the message signature still holds, 0 where all do
 */
public record ChainResult(ChainStatus status, String reason, List<String> sealers, int oldestPass) {

  /** Copies the list. */
  public ChainResult {
    sealers = List.copyOf(sealers);
  }

  static ChainResult fail(String reason) {
    return new ChainResult(ChainStatus.FAIL, reason, List.of(), 0);
  }
}
