package dev.postrider.plugin.service;

import java.util.List;
import java.util.Optional;

/**
 * What a plugin remembers: values by key, kept across restarts, in backups, and for this plugin
 * alone. All its matchers and mailets share it.
 *
 * <p>It is outside of the mail's commit: a change is durable when the call returns, whatever
 * becomes of the mail afterwards. A run that is repeated after a crash changes it again; a trace, a
 * replay and the tests of a pipeline change nothing. So write what may be written twice, such as
 * counts per hour or the time of a first try. {@code postrider check} lends an empty state that is
 * forgotten.
 *
 * <p>Limits: keys of 1 to {@value #MAX_KEY} octets in UTF-8, values of at most {@value #MAX_VALUE}
 * octets, all keys and values of a plugin together about {@value #MAX_TOTAL} octets.
 *
 * <p>Thread: any virtual thread; changes of one key take effect one after the other. Time: a read
 * takes a fraction of a millisecond, a change blocks until the disk has it, a few milliseconds.
 * Ownership: arrays are copied in both directions. Failure: a key or value beyond the limits is an
 * {@link IllegalArgumentException}; what the store can't take now is {@link Unavailable}. Both are
 * handled as the pipeline entry says when the plugin lets them pass.
 *
 * @since 1.0
 */
public interface PluginState {

  /** Octets of a key at most, in UTF-8. */
  int MAX_KEY = 256;

  /** Octets of a value at most. */
  int MAX_VALUE = 64 * 1024;

  /** Octets of all keys and values of a plugin, about. */
  long MAX_TOTAL = 64L * 1024 * 1024;

  /** The value of a key. */
  Optional<byte[]> get(String key);

  /**
   * Sets a value, whether there was one or not.
   *
   * @throws Unavailable where it can't be kept; nothing was changed then, as far as is known
   */
  void put(String key, byte[] value);

  /**
   * Sets a value only where the present one is as expected; answers whether it was.
   *
   * @param expected empty for "there is none"
   * @throws Unavailable where it can't be kept
   */
  boolean replace(String key, Optional<byte[]> expected, byte[] value);

  /**
   * Removes a value; answers whether there was one.
   *
   * @throws Unavailable where that can't be kept
   */
  boolean remove(String key);

  /**
   * Keys in the order of their octets.
   *
   * @param prefix what they begin with; empty for all
   * @param after they come after this one; empty from the first one on
   * @param limit how many at most
   */
  List<String> keys(String prefix, String after, int limit);

  /** The store can't take a change now: the disk, or the plugin has too much already. */
  final class Unavailable extends RuntimeException {
    private static final long serialVersionUID = 1;

    /** With a reason for a person. */
    public Unavailable(String reason) {
      super(reason);
    }
  }
}
