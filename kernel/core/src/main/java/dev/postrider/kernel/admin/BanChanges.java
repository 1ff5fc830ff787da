package dev.postrider.kernel.admin;

import dev.postrider.kernel.guard.Ban;
import dev.postrider.kernel.guard.Bans;
import dev.postrider.kernel.guard.ClientNetwork;
import dev.postrider.plugin.Network;
import dev.postrider.plugin.Text;
import dev.postrider.plugin.service.PluginState;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/** Bans by hand. */
final class BanChanges {

  private static final Duration LONGEST = Duration.ofDays(3650);
  private static final int LONGEST_REASON = 200;

  private final Bans bans;

  BanChanges(Bans bans) {
    this.bans = bans;
  }

  List<BanView> list() {
    return bans.list().stream().map(BanView::of).toList();
  }

  AdminAnswer ban(String text, Duration length, String reason) {
    if (!length.isPositive() || length.compareTo(LONGEST) > 0) {
      return AdminAnswer.invalid("a ban lasts longer than nothing and at most 3650 days");
    }
    String shown = Text.shown(reason.substring(0, Math.min(reason.length(), LONGEST_REASON)));
    return onNetwork(
        text,
        network -> {
          Optional<Ban> ban = bans.ban(network, length, shown.isEmpty() ? "by hand" : shown);
          return ban.isPresent()
              ? new AdminAnswer.Done(network + " is banned until " + ban.get().until())
              : AdminAnswer.conflict(
                  network
                      + " has trusted addresses, which are never banned; see <networks trusted> in"
                      + " conf/postrider.xml");
        });
  }

  AdminAnswer lift(String text) {
    return onNetwork(
        text,
        network ->
            bans.lift(network)
                ? new AdminAnswer.Done(network + " is not banned any more")
                : AdminAnswer.unknown(notBanned(network)));
  }

  private String notBanned(Network network) {
    return bans.list().stream()
        .map(Ban::network)
        .filter(wider -> wider.contains(network.base()))
        .findFirst()
        .map(wider -> network + " is not banned by itself, but " + wider + " is")
        .orElse(network + " is not banned; 'ban list' shows what is");
  }

  private static AdminAnswer onNetwork(String text, Function<Network, AdminAnswer> change) {
    try {
      return change.apply(whole(Network.parse(text)));
    } catch (IllegalArgumentException e) {
      return AdminAnswer.invalid(String.valueOf(e.getMessage()));
    } catch (PluginState.Unavailable e) {
      return new AdminAnswer.Refused(
          AdminAnswer.Reason.STORAGE, "the store failed: " + e.getMessage());
    }
  }

  // A single IPv6 address says nothing: its owner has 2 to the power of 64 of them.
  private static Network whole(Network network) {
    boolean v6 = network.base().getAddress().length == 16;
    return network.prefix() >= (v6 ? 64 : 32)
        ? ClientNetwork.of(network.base())
        : ClientNetwork.block(network.base(), network.prefix());
  }
}
