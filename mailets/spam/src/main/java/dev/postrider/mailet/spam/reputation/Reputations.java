package dev.postrider.mailet.spam.reputation;

import dev.postrider.mailet.spam.checked.CheckedSender;
import dev.postrider.mailet.spam.memory.Key;
import dev.postrider.mailet.spam.memory.Memory;
import dev.postrider.plugin.EmailAddress;
import dev.postrider.plugin.Mail;
import dev.postrider.plugin.service.PluginState;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/**
 * What the network of a host, the domains that answer for a mail (by SPF or a DKIM signature) and a
 * sender that one of them vouches for are known for. After {@code 14} days a mail counts half. A
 * name that nobody vouches for is never counted: who forges it would ruin it. Thread: any.
 */
public final class Reputations {

  private static final int DOMAINS = 4;

  private final Memory memory;

  /** Those of a plugin's state. */
  public Reputations(PluginState state, InstantSource clock) {
    this.memory = memory(state, clock);
  }

  /** What is remembered; new names, of which anybody has many, never drive out known ones. */
  static Memory memory(PluginState state, InstantSource clock) {
    return new Memory(state, clock, "fame/", Standing::isOfSeveral);
  }

  /**
   * What is known of those behind a mail: from -1 (good) to 1 (bad). Who vouches counts more than
   * the network, which others share.
   */
  public double of(Mail mail) {
    double sum = 0;
    double weights = 0;
    for (Identity identity : identities(mail)) {
      double badness = standing(identity).badness();
      // Who is hardly known says little.
      double weight = identity.weight() * Math.abs(badness);
      sum += weight * badness;
      weights += weight;
    }
    return weights == 0 ? 0 : sum / weights;
  }

  /** Those behind a mail sent a wanted or unwanted one; 1 for a person's word, less for a guess. */
  public void note(Mail mail, boolean wanted, double certainty) {
    int now = memory.minute();
    for (Identity identity : identities(mail)) {
      memory.put(identity.key(), standing(identity).plus(certainty, wanted).row(now));
    }
  }

  /** Writes what was noted so far, for those who can't wait. */
  public void write() {
    memory.write();
  }

  private Standing standing(Identity identity) {
    int now = memory.minute();
    return memory.get(identity.key()).map(row -> Standing.of(row, now)).orElse(Standing.NONE);
  }

  private record Identity(long key, double weight) {}

  private static List<Identity> identities(Mail mail) {
    List<Identity> out = new ArrayList<>();
    String network = Key.network(mail.client().address()).toString();
    out.add(new Identity(Key.of("network", network), 0.5));
    Set<String> domains = new LinkedHashSet<>();
    List<String> results =
        mail.attribute("authentication.results").stream().flatMap(String::lines).toList();
    boolean spf = CheckedSender.isSpf(mail, "pass");
    mail.sender().address().filter(_ -> spf).map(EmailAddress::domain).ifPresent(domains::add);
    results.stream()
        .filter(line -> line.startsWith("dkim=pass "))
        .map(line -> property(line, " header.d="))
        .filter(domain -> !domain.isEmpty())
        .limit(DOMAINS)
        .forEach(domains::add);
    domains.forEach(domain -> out.add(new Identity(Key.of("domain", domain), 1)));
    mail.sender()
        .address()
        .filter(sender -> domains.contains(sender.domain()))
        .ifPresent(
            sender -> out.add(new Identity(Key.of("sender", sender.folded().toString()), 1.5)));
    return out;
  }

  private static String property(String line, String name) {
    int at = line.indexOf(name);
    int from = at + name.length();
    int end = at < 0 ? -1 : line.indexOf(' ', from);
    return at < 0
        ? ""
        : line.substring(from, end < 0 ? line.length() : end).toLowerCase(Locale.ROOT);
  }
}
