package dev.postrider.plugin.testkit;

import dev.postrider.plugin.Domains;
import dev.postrider.plugin.EmailAddress;
import dev.postrider.plugin.service.DirectoryView;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * A directory of given addresses; their domains are local. {@code bob+tag} is accepted where {@code
 * bob} is. Thread-safe.
 */
public final class FixedDirectory implements DirectoryView {

  private final Set<String> domains = ConcurrentHashMap.newKeySet();
  private final Set<String> catchAll = ConcurrentHashMap.newKeySet();
  private final Set<EmailAddress> addresses = ConcurrentHashMap.newKeySet();

  private FixedDirectory() {}

  /** A directory that knows these addresses. */
  public static FixedDirectory of(String... known) {
    FixedDirectory directory = new FixedDirectory();
    for (String each : known) {
      directory.withAddress(each);
    }
    return directory;
  }

  /** Adds an address and its domain. */
  public FixedDirectory withAddress(String known) {
    EmailAddress address = EmailAddress.parse(known).folded();
    addresses.add(address);
    domains.add(address.domain());
    return this;
  }

  /** Adds a domain without addresses. */
  public FixedDirectory withDomain(String domain) {
    domains.add(Domains.normalise(domain));
    return this;
  }

  /** Adds a domain in which every address is accepted. */
  public FixedDirectory withCatchAll(String domain) {
    catchAll.add(Domains.normalise(domain));
    return withDomain(domain);
  }

  @Override
  public boolean isLocalDomain(String domain) {
    return domains.contains(domain);
  }

  @Override
  public boolean accepts(EmailAddress address) {
    EmailAddress folded = address.folded();
    int plus = folded.localPart().indexOf('+');
    return catchAll.contains(folded.domain())
        || addresses.contains(folded)
        || (plus > 0
            && addresses.contains(folded.withLocalPart(folded.localPart().substring(0, plus))));
  }
}
