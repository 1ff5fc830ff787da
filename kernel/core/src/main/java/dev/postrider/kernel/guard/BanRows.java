package dev.postrider.kernel.guard;

import dev.postrider.plugin.Network;
import dev.postrider.plugin.service.PluginState;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Bans as the store keeps them. Thread: any; blocks. */
public final class BanRows {

  /** Whose state in the store it is; no plugin can have this name. */
  public static final String OWNER = "postrider/bans";

  private static final Logger LOG = LoggerFactory.getLogger(BanRows.class);
  private static final int PAGE = 1000;

  private final PluginState state;

  /** In this state. */
  public BanRows(PluginState state) {
    this.state = state;
  }

  List<Ban> all() {
    List<Ban> found = new ArrayList<>();
    String after = "";
    for (List<String> page = state.keys("", after, PAGE);
        !page.isEmpty();
        page = state.keys("", after, PAGE)) {
      page.forEach(key -> read(key).ifPresent(found::add));
      after = page.getLast();
    }
    return found;
  }

  private Optional<Ban> read(String key) {
    try {
      return state
          .get(key)
          .map(value -> new String(value, StandardCharsets.UTF_8).split("\n", 3))
          .map(
              part ->
                  new Ban(
                      Network.parse(key),
                      Instant.ofEpochSecond(Long.parseLong(part[0])),
                      Integer.parseInt(part[1]),
                      part[2]));
    } catch (IllegalArgumentException | ArrayIndexOutOfBoundsException e) {
      LOG.warn("the ban of '{}' can't be read and is left out", key, e);
      return Optional.empty();
    }
  }

  void put(Ban ban) {
    String text = ban.until().getEpochSecond() + "\n" + ban.number() + "\n" + ban.reason();
    state.put(ban.network().toString(), text.getBytes(StandardCharsets.UTF_8));
  }

  void remove(Network network) {
    state.remove(network.toString());
  }
}
