package dev.postrider.mailet.authentication.dmarc;

import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * A policy as a domain publishes it (RFC 9989 §4.7). Tags that are unknown or hold what they must
 * not are as if they were not there; a tag that is there twice makes the record void.
 *
 * @param policy for the domain itself
 * @param ofSubdomains for those below it; empty where it says nothing of them
 * @param ofMissing for those below it that don't exist
 * @param strictDkim whether a signature has to be of just the author's domain
 * @param strictSpf whether the sender has to be of just the author's domain
 * @param suffix whether it is a public suffix; empty where it does not say
 * @param test whether the domain only tries its policy out
 * @param reportTo where aggregate reports go, as written
 */
public record DmarcRecord(
    Policy policy,
    Optional<Policy> ofSubdomains,
    Optional<Policy> ofMissing,
    boolean strictDkim,
    boolean strictSpf,
    Optional<Boolean> suffix,
    boolean test,
    List<String> reportTo) {

  private static final String VERSION = "v=DMARC1";
  private static final int ADDRESSES = 10;
  private static final int LONGEST = 400;

  /** Copies the list. */
  public DmarcRecord {
    reportTo = List.copyOf(reportTo);
  }

  /** Whether a TXT record claims to be one. */
  static boolean isOne(String text) {
    String start = text.strip();
    return start.startsWith(VERSION)
        && (start.length() == VERSION.length()
            || start.substring(VERSION.length()).strip().startsWith(";"));
  }

  /** Reads one; empty where nothing can be done with it (§4.10.1). One linear pass. */
  static Optional<DmarcRecord> read(String text) {
    Map<String, String> tags = new HashMap<>();
    for (String part : text.split(";", -1)) {
      int equals = part.indexOf('=');
      String name = equals < 0 ? "" : part.substring(0, equals).strip().toLowerCase(Locale.ROOT);
      if (!name.isEmpty() && tags.putIfAbsent(name, part.substring(equals + 1).strip()) != null) {
        return Optional.empty();
      }
    }
    List<String> reportTo =
        Stream.of(tags.getOrDefault("rua", "").split(",", -1))
            .map(String::strip)
            .filter(uri -> uri.regionMatches(true, 0, "mailto:", 0, 7) && uri.length() <= LONGEST)
            .filter(uri -> uri.indexOf('@') > 7 || uri.indexOf("%40") > 7)
            .limit(ADDRESSES)
            .toList();
    Optional<Policy> policy = policy(tags, "p");
    boolean sound = policy.isPresent() && isSound(tags, "sp") && isSound(tags, "np");
    if (!sound && reportTo.isEmpty()) {
      return Optional.empty();
    }
    return Optional.of(
        new DmarcRecord(
            sound ? policy.orElseThrow() : Policy.NONE,
            sound ? policy(tags, "sp") : Optional.empty(),
            sound ? policy(tags, "np") : Optional.empty(),
            is(tags, "adkim", "s"),
            is(tags, "aspf", "s"),
            is(tags, "psd", "y")
                ? Optional.of(true)
                : is(tags, "psd", "n") ? Optional.of(false) : Optional.empty(),
            is(tags, "t", "y"),
            reportTo));
  }

  /** What holds for a domain below the one that publishes this. */
  Policy ofBelow(boolean exists) {
    Policy below = ofSubdomains.orElse(policy);
    return exists ? below : ofMissing.orElse(below);
  }

  private static boolean is(Map<String, String> tags, String name, String value) {
    return tags.getOrDefault(name, "").equalsIgnoreCase(value);
  }

  private static boolean isSound(Map<String, String> tags, String name) {
    return !tags.containsKey(name) || policy(tags, name).isPresent();
  }

  private static Optional<Policy> policy(Map<String, String> tags, String name) {
    return Policy.read(tags.getOrDefault(name, ""));
  }
}
