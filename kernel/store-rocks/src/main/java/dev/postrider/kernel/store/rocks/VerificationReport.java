package dev.postrider.kernel.store.rocks;

import java.util.List;

/**
 * What a look at a whole store came to.
 *
 * @param findings what is wrong, the first ones of many
 * @param more how many more there are
 * @param segments files
 * @param groups commits that the segments hold
 * @param contents records of octets that were read
 * @param messages in mailboxes
 * @param pending groups that the index lacks; the next start adds them, as after every kill
 */
public record VerificationReport(
    List<Finding> findings,
    long more,
    int segments,
    long groups,
    long contents,
    long messages,
    long pending) {

  /** Copies the list. */
  public VerificationReport {
    findings = List.copyOf(findings);
  }

  /** Whether nothing is wrong. */
  public boolean isClean() {
    return findings.isEmpty();
  }
}
