package dev.postrider.kernel.guard;

import dev.postrider.kernel.state.StateRows;
import dev.postrider.kernel.state.StateValue;
import dev.postrider.kernel.store.Batch;
import dev.postrider.kernel.store.Change;
import dev.postrider.kernel.store.CommitResult;
import dev.postrider.kernel.store.Store;
import dev.postrider.plugin.EmailAddress;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Profiles of senders in the store: one row for each, and one for each recipient it knows. */
final class SenderRows {

  /** Whose state in the store it is; no plugin can have this name. */
  private static final String OWNER = "postrider/senders";

  private static final Logger LOG = LoggerFactory.getLogger(SenderRows.class);

  private final Store store;

  SenderRows(Store store) {
    this.store = store;
  }

  /** A change of a profile, worked out under its lock, made durable without. */
  static final class Changes {
    private final EmailAddress login;
    private final List<Change> changes = new ArrayList<>();

    Changes(EmailAddress login) {
      this.login = login;
    }

    boolean isEmpty() {
      return changes.isEmpty();
    }

    void profile(SenderProfile profile) {
      byte[] text = profile.written().getBytes(StandardCharsets.UTF_8);
      changes.add(new Change.PutState(OWNER, "s " + login, StateValue.of(text)));
    }

    void known(long recipient, int day) {
      byte[] text = Integer.toString(day).getBytes(StandardCharsets.US_ASCII);
      changes.add(new Change.PutState(OWNER, key(recipient), StateValue.of(text)));
    }

    void forgotten(long recipient) {
      changes.add(new Change.RemoveState(OWNER, key(recipient)));
    }

    private String key(long recipient) {
      return prefix(login) + Long.toHexString(recipient);
    }
  }

  private static String prefix(EmailAddress login) {
    return "r " + login + " ";
  }

  SenderProfile read(EmailAddress login, Instant now) {
    SenderProfile profile = new SenderProfile(now);
    StateRows rows = store.state();
    try {
      rows.value(OWNER, "s " + login).map(SenderRows::text).ifPresent(profile::read);
      for (String key : rows.keys(OWNER, prefix(login), "", 2 * SenderProfile.MOST_KNOWN)) {
        int day = rows.value(OWNER, key).map(SenderRows::text).map(Integer::parseInt).orElse(0);
        profile.known.put(Long.parseUnsignedLong(key.substring(prefix(login).length()), 16), day);
      }
      return profile;
    } catch (IllegalArgumentException | ArrayIndexOutOfBoundsException e) {
      LOG.warn("what is known of the sender {} can't be read; it begins anew", login, e);
      return new SenderProfile(now);
    }
  }

  private static String text(StateValue value) {
    return new String(value.octets(), StandardCharsets.UTF_8);
  }

  void commit(Changes changes) {
    CommitResult result = store.commit(new Batch(changes.changes));
    if (!(result instanceof CommitResult.Committed)) {
      LOG.error("what {} has sent can't be written down: {}", changes.login, result);
    }
  }
}
