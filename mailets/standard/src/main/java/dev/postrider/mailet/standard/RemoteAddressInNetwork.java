package dev.postrider.mailet.standard;

import dev.postrider.plugin.Decides;
import dev.postrider.plugin.Doc;
import dev.postrider.plugin.Fact;
import dev.postrider.plugin.Mail;
import dev.postrider.plugin.Matcher;
import dev.postrider.plugin.Network;
import dev.postrider.plugin.Param;
import dev.postrider.plugin.Recipient;
import java.util.List;
import java.util.Set;

/** Compares the IP address of the peer with networks. */
@Doc("Matches when the peer's IP address lies in one of these networks. No name is looked up.")
@Decides(Fact.KNOWN_NETWORK)
public final class RemoteAddressInNetwork implements Matcher {

  private final List<Network> networks;

  /**
   * Compares with these networks.
   *
   * @throws IllegalArgumentException when there is none
   */
  public RemoteAddressInNetwork(
      @Param(
              name = Param.CONDITION,
              doc =
                  "Networks or single addresses, separated by commas; at least one, such as"
                      + " 192.0.2.0/24, 2001:db8::/32.")
          List<Network> networks) {
    this.networks = List.copyOf(Given.some(Param.CONDITION, networks));
  }

  @Override
  public Set<Recipient> match(Mail mail) {
    return mail.allIf(networks.stream().anyMatch(each -> each.contains(mail.client().address())));
  }
}
