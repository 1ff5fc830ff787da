package dev.postrider.mailet.spam.classifier;

import dev.postrider.mailet.spam.memory.Key;
import dev.postrider.plugin.EmailAddress;
import dev.postrider.plugin.service.PluginState;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.InstantSource;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * The models of users. Their number is bounded, as a plugin's state is: who taught nothing for the
 * longest time is forgotten for a new one. Thread: any.
 */
final class UserModels {

  /** Users at most: with four full tables each they take half of what a plugin may keep. */
  static final int MOST = 100;

  private static final int TABLES = 4;
  private static final int CACHED = 32;
  private static final String INDEX = "bayes/users";

  private final PluginState state;
  private final InstantSource clock;
  private final Map<String, Model> cache = new LinkedHashMap<>(64, 0.75f, true);

  UserModels(PluginState state, InstantSource clock) {
    this.state = state;
    this.clock = clock;
  }

  /** The model of a user who taught something. */
  Optional<Model> find(EmailAddress user) {
    Model model = model(id(user));
    return model.head().next() == 0 ? Optional.empty() : Optional.of(model);
  }

  /** The model of a user who is about to teach something. */
  Model toTeach(EmailAddress user) {
    String id = id(user);
    String day = Long.toString(Duration.ofMillis(clock.millis()).toDays());
    while (true) {
      Optional<byte[]> old = state.get(INDEX);
      Map<String, String> index = read(old);
      if (day.equals(index.get(id))) {
        return model(id);
      }
      if (!index.containsKey(id) && index.size() >= MOST) {
        String oldest = oldest(index);
        index.remove(oldest);
        forget(oldest);
      }
      index.put(id, day);
      if (state.replace(INDEX, old, write(index))) {
        return model(id);
      }
    }
  }

  private synchronized Model model(String id) {
    Model model = cache.computeIfAbsent(id, none -> new Model(state, prefix(id), TABLES, clock));
    if (cache.size() > CACHED) {
      cache.remove(cache.keySet().iterator().next());
    }
    return model;
  }

  private synchronized void forget(String id) {
    cache.remove(id);
    List<String> keys = state.keys(prefix(id), "", 1000);
    keys.forEach(state::remove);
  }

  private static String oldest(Map<String, String> index) {
    return index.entrySet().stream()
        .min(
            (one, other) ->
                Long.compare(Long.parseLong(one.getValue()), Long.parseLong(other.getValue())))
        .orElseThrow()
        .getKey();
  }

  private static String prefix(String id) {
    return "bayes/user/" + id + "/";
  }

  private static Map<String, String> read(Optional<byte[]> octets) {
    Map<String, String> index = new TreeMap<>();
    String text = new String(octets.orElse(new byte[0]), StandardCharsets.US_ASCII);
    text.lines().forEach(line -> index.put(line.substring(0, 32), line.substring(33)));
    return index;
  }

  private static byte[] write(Map<String, String> index) {
    StringBuilder out = new StringBuilder();
    index.forEach((id, day) -> out.append(id).append(' ').append(day).append('\n'));
    return out.toString().getBytes(StandardCharsets.US_ASCII);
  }

  // An address may be longer than a key.
  private static String id(EmailAddress user) {
    return Key.fixed(user.folded().toString());
  }
}
