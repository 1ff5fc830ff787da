package dev.postrider.dist.dkim;

import com.fasterxml.jackson.annotation.JsonIgnore;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * A key that mail is signed with (DKIM), as the world may know it.
 *
 * @param domain whose it is, in A-labels
 * @param selector tells the keys of a domain apart
 * @param type {@code rsa} or {@code ed25519}
 * @param state whether it signs
 * @param record the TXT record to publish
 */
public record DkimKey(String domain, String selector, String type, State state, String record) {

  private static final int STRING = 255;

  /** What a key is there for. */
  public enum State {
    /** It is published first; mail is signed with it once it was activated. */
    PREPARED,
    /** Mail is signed with it. */
    SIGNING,
    /** It is published so that mail which is under way can still be checked. */
    RETIRED;

    /** In words. */
    public String word() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  /** Where the record belongs. */
  public String name() {
    return selector + "._domainkey." + domain;
  }

  /** The record as a line of a zone file: strings of at most 255 octets (RFC 1035 §3.3.14). */
  @JsonIgnore
  public String zoneLine() {
    List<String> strings = new ArrayList<>();
    for (int at = 0; at < record.length(); at += STRING) {
      strings.add('"' + record.substring(at, Math.min(record.length(), at + STRING)) + '"');
    }
    return name() + ". IN TXT " + String.join(" ", strings);
  }
}
