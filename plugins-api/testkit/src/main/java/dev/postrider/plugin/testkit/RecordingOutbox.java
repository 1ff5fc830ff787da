package dev.postrider.plugin.testkit;

import dev.postrider.plugin.Mail;
import dev.postrider.plugin.service.Outbox;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;

/** Keeps what is sent, and removes what is used from a state. Thread-safe. */
public final class RecordingOutbox implements Outbox {

  private final InMemoryState state;
  private final List<Mail> sent = new ArrayList<>();

  /** Of the plugin with this state. */
  public RecordingOutbox(InMemoryState state) {
    this.state = state;
  }

  @Override
  public synchronized boolean send(List<Mail> mails, Map<String, byte[]> used) {
    if (mails.size() > MAX_MAILS) {
      throw new IllegalArgumentException("at most " + MAX_MAILS + " mails, not " + mails.size());
    }
    synchronized (state) {
      if (!used.entrySet().stream()
          .allMatch(
              each ->
                  state
                      .get(each.getKey())
                      .filter(now -> Arrays.equals(now, each.getValue()))
                      .isPresent())) {
        return false;
      }
      used.keySet().forEach(state::remove);
    }
    return sent.addAll(mails) || mails.isEmpty();
  }

  /** What was sent since this was asked last. */
  public synchronized List<Mail> takeSent() {
    List<Mail> all = List.copyOf(sent);
    sent.clear();
    return all;
  }
}
