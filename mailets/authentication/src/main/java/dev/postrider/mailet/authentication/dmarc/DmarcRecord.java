package dev.postrider.mailet.authentication.dmarc;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * A policy as a domain publishes it (RFC 9989 §4.7). Tags that are unknown, such as {@code pct}, or
 * hold what they must not are as if they were not there; a tag that is there twice makes the record
 * void.
 *
 * @param usable whether it says what shall happen, or at least who wants reports; where not, it
 *     still tells whose name is whose, but no mail is judged by it (§4.10.1)
 * @param policy for the domain itself
 * @param ofSubdomains for those below it; empty where it says nothing of them
 * @param ofMissing for those below it that don't exist
 * @param strictDkim whether a signature has to be of just the author's domain
 * @param strictSpf whether the sender has to be of just the author's domain
 * @param suffix whether it is a public suffix; empty where it does not say
 * @param test whether the domain only tries its policy out
 * @param reportTo where aggregate reports go: {@code mailto:} URIs without the obsolete size
 * @param failureOptions the wish for reports of single mails, where it says to whom
 * @param fault what its owner should mend, in our words
 */
public record DmarcRecord(
    boolean usable,
    Policy policy,
    Optional<Policy> ofSubdomains,
    Optional<Policy> ofMissing,
    boolean strictDkim,
    boolean strictSpf,
    Optional<Boolean> suffix,
    boolean test,
    List<String> reportTo,
    Optional<String> failureOptions,
    Optional<String> fault) {

  private static final int ADDRESSES = 10;

  /** Copies the list. */
  public DmarcRecord {
    reportTo = List.copyOf(reportTo);
  }

  /** Whether a TXT record claims to be one: its first tag is this version of DMARC (§4.8). */
  static boolean isOne(String text) {
    int end = text.indexOf(';');
    String first = end < 0 ? text : text.substring(0, end);
    int equals = first.indexOf('=');
    return equals >= 0
        && first.substring(0, equals).strip().equalsIgnoreCase("v")
        && first.substring(equals + 1).strip().equals("DMARC1");
  }

  /** Reads one; empty where it has a tag twice (RFC 6376 §3.2). One linear pass. */
  static Optional<DmarcRecord> read(String text) {
    Map<String, String> tags = new HashMap<>();
    for (String part : text.split(";", -1)) {
      int equals = part.indexOf('=');
      String name = equals < 0 ? "" : part.substring(0, equals).strip().toLowerCase(Locale.ROOT);
      if (!name.isEmpty() && tags.putIfAbsent(name, part.substring(equals + 1).strip()) != null) {
        return Optional.empty();
      }
    }
    List<String> entries =
        Stream.of(tags.getOrDefault("rua", "").split(",", -1))
            .map(String::strip)
            .filter(entry -> !entry.isEmpty())
            .toList();
    List<String> uris = entries.stream().flatMap(each -> ReportUri.of(each).stream()).toList();
    List<String> invalid =
        Stream.of("p", "sp", "np")
            .filter(name -> tags.containsKey(name) && policy(tags, name).isEmpty())
            .toList();
    Optional<Policy> policy = policy(tags, "p");
    boolean sound = policy.isPresent() && invalid.isEmpty();
    return Optional.of(
        new DmarcRecord(
            sound || !uris.isEmpty(),
            sound ? policy.orElseThrow() : Policy.NONE,
            sound ? policy(tags, "sp") : Optional.empty(),
            sound ? policy(tags, "np") : Optional.empty(),
            is(tags, "adkim", "s"),
            is(tags, "aspf", "s"),
            is(tags, "psd", "y")
                ? Optional.of(true)
                : is(tags, "psd", "n") ? Optional.of(false) : Optional.empty(),
            is(tags, "t", "y"),
            uris.stream().filter(ReportUri::isMail).limit(ADDRESSES).toList(),
            tags.containsKey("ruf") ? failureOptions(tags) : Optional.empty(),
            fault(invalid, uris.size() < entries.size())));
  }

  /** What holds for a domain below the one that publishes this. */
  Policy ofBelow(boolean exists) {
    Policy below = ofSubdomains.orElse(policy);
    return exists ? below : ofMissing.orElse(below);
  }

  private static boolean is(Map<String, String> tags, String name, String value) {
    return tags.getOrDefault(name, "").equalsIgnoreCase(value);
  }

  private static Optional<Policy> policy(Map<String, String> tags, String name) {
    return Policy.read(tags.getOrDefault(name, ""));
  }

  private static Optional<String> failureOptions(Map<String, String> tags) {
    String options = tags.getOrDefault("fo", "0").toLowerCase(Locale.ROOT);
    List<String> each = List.of(options.split(":", -1));
    boolean sound =
        each.stream().map(String::strip).allMatch(List.of("0", "1", "d", "s")::contains);
    return sound ? Optional.of(options) : Optional.empty();
  }

  private static Optional<String> fault(List<String> invalid, boolean brokenAddress) {
    List<String> faults = new ArrayList<>();
    invalid.forEach(name -> faults.add(name + " is none of none, quarantine and reject"));
    if (brokenAddress) {
      faults.add("rua has an entry that is no URI");
    }
    return faults.isEmpty() ? Optional.empty() : Optional.of(String.join("; ", faults));
  }
}
