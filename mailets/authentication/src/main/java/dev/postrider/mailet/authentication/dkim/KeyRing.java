package dev.postrider.mailet.authentication.dkim;

import dev.postrider.plugin.service.SecretFiles;
import dev.postrider.plugin.service.Secrets;
import java.security.GeneralSecurityException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * The keys that sign, by domain: {@code DOMAIN/SELECTOR.pem} in a folder of secrets. Files named
 * {@code SELECTOR.retired.pem} or {@code SELECTOR.prepared.pem} don't sign. Follows changes of the
 * folder. Thread: any.
 */
public final class KeyRing {

  private static final String SUFFIX = ".pem";

  private record Ring(SecretFiles files, Map<String, List<SigningKey>> keys) {}

  private final Secrets secrets;
  private final String folder;
  private final System.Logger logger;
  private volatile Ring ring = new Ring(SecretFiles.NONE, Map.of());

  /** The keys in a folder of {@code conf}. */
  public KeyRing(Secrets secrets, String folder, System.Logger logger) {
    this.secrets = secrets;
    this.folder = folder;
    this.logger = logger;
  }

  /**
   * The keys of the domain, or of the next one above it that has some (RFC 6376 §3.10, relaxed
   * alignment); none where nobody has.
   *
   * @param domain in A-labels, lower case
   */
  public List<SigningKey> of(String domain) {
    Map<String, List<SigningKey>> keys = now().keys();
    String at = domain;
    while (!keys.isEmpty() && !at.isEmpty()) {
      List<SigningKey> found = keys.get(at);
      if (found != null) {
        return found;
      }
      int dot = at.indexOf('.');
      at = dot < 0 ? "" : at.substring(dot + 1);
    }
    return List.of();
  }

  @SuppressWarnings("ReferenceEquality") // the same object is what says that nothing changed
  private Ring now() {
    SecretFiles files = secrets.folder(folder);
    Ring known = ring;
    if (known.files() == files) {
      return known;
    }
    Ring next = new Ring(files, read(files));
    ring = next;
    return next;
  }

  private Map<String, List<SigningKey>> read(SecretFiles files) {
    Map<String, List<SigningKey>> keys = new HashMap<>();
    for (String name : files.names()) {
      int slash = name.indexOf('/');
      boolean signs =
          slash > 0
              && name.endsWith(SUFFIX)
              && !name.endsWith(".retired" + SUFFIX)
              && !name.endsWith(".prepared" + SUFFIX);
      if (signs) {
        String domain = name.substring(0, slash);
        String selector = name.substring(slash + 1, name.length() - SUFFIX.length());
        try {
          byte[] pem = files.get(name).orElseThrow();
          keys.computeIfAbsent(domain, _ -> new ArrayList<>())
              .add(PrivateKeys.read(domain, selector, pem));
        } catch (GeneralSecurityException e) {
          logger.log(
              System.Logger.Level.WARNING,
              "the key conf/" + folder + "/" + name + " does not sign: " + e.getMessage());
        }
      }
    }
    // RSA first: some who check look at the first signature only.
    keys.values().forEach(each -> each.sort(Comparator.comparing(SigningKey::algorithm)));
    return keys;
  }
}
