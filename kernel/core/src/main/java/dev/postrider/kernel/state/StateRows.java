package dev.postrider.kernel.state;

import java.util.List;
import java.util.Optional;

/** What plugins remember. Thread: any; blocks. */
public interface StateRows {

  /** The value of a key of a plugin. */
  Optional<StateValue> value(String plugin, String key);

  /**
   * Keys of a plugin in the order of their octets in UTF-8.
   *
   * @param prefix what they begin with; empty for all
   * @param after they come after this one; empty from the first one on
   * @param limit how many at most
   */
  List<String> keys(String plugin, String prefix, String after, int limit);

  /** Octets of all keys and values of a plugin. Reads them all. */
  long octets(String plugin);
}
