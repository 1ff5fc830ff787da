package dev.postrider.dist.checkup;

import dev.postrider.dist.dkim.DkimFolder;
import dev.postrider.dist.dkim.DkimKey;
import dev.postrider.dist.home.Configurations;
import dev.postrider.dist.home.Home;
import dev.postrider.dist.home.Reasons;
import dev.postrider.dist.home.Refusal;
import dev.postrider.dist.pipeline.Pipelines;
import dev.postrider.kernel.host.config.ServerConfig;
import dev.postrider.kernel.resolver.DnsjavaDns;
import dev.postrider.plugin.service.Dns;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/** Lets prepared keys sign once the world can see them. */
public final class DkimActivation {

  private DkimActivation() {}

  /**
   * Activates all prepared keys of a domain.
   *
   * @param unseen also where the DNS does not show them
   * @return the keys that sign now
   * @throws Refusal where there is none, or one that the resolvers of the home don't find; nothing
   *     was changed then
   */
  public static List<DkimKey> activate(Home home, String domain, boolean unseen) {
    DkimFolder folder = new DkimFolder(home);
    if (unseen) {
      return folder.activate(prepared(folder, domain));
    }
    ServerConfig config = Configurations.read(home);
    try (DnsjavaDns dns = Pipelines.resolver(config)) {
      return activate(folder, domain, dns);
    } catch (IOException e) {
      throw new Refusal("the resolvers can't be used: " + Reasons.of(e));
    }
  }

  /** The same where these names show that they are published. */
  static List<DkimKey> activate(DkimFolder folder, String domain, Dns dns) {
    List<DkimKey> keys = prepared(folder, domain);
    List<String> reasons = new ArrayList<>();
    keys.forEach(key -> DkimDoctor.unpublished(key, dns).ifPresent(reasons::add));
    if (!reasons.isEmpty()) {
      reasons.addFirst("nothing was changed, as receivers could not check the signatures:");
      throw new Refusal(reasons);
    }
    return folder.activate(keys);
  }

  private static List<DkimKey> prepared(DkimFolder folder, String domain) {
    List<DkimKey> keys =
        folder.list(domain).stream().filter(key -> key.state() == DkimKey.State.PREPARED).toList();
    if (keys.isEmpty()) {
      throw new Refusal(
          "%s has no prepared key; 'postrider dkim rotate %s' makes one".formatted(domain, domain));
    }
    return keys;
  }
}
