package dev.postrider.mailet.spam.greylist;

import dev.postrider.mailet.spam.memory.Key;
import dev.postrider.mailet.spam.memory.Memory;
import dev.postrider.mailet.spam.memory.Row;
import dev.postrider.plugin.EmailAddress;
import dev.postrider.plugin.service.PluginState;
import java.time.InstantSource;

/** Remembers whom local users wrote to. Thread: any. */
public final class Correspondents {

  private final Memory memory;

  /** Those of a plugin's state. */
  public Correspondents(PluginState state, InstantSource clock) {
    this.memory = new Memory(state, clock, "wrote/");
  }

  /** A local user wrote to an address. */
  public void wrote(EmailAddress user, EmailAddress to) {
    long key = key(user, to);
    int now = memory.minute();
    if (memory.get(key).filter(row -> now - row.minute() < 24 * 60).isEmpty()) {
      memory.put(key, new Row(0, 0, now));
    }
  }

  /** Whether this user wrote to the address. */
  public boolean know(EmailAddress user, EmailAddress address) {
    return memory.get(key(user, address)).isPresent();
  }

  private static long key(EmailAddress user, EmailAddress address) {
    return Key.of("wrote", user.folded().toString(), address.folded().toString());
  }
}
