package dev.postrider.kernel.store.rocks;

/** {@link Counters} while a group is worked out. Thread: the committer's. */
final class StagedCounters {

  private long nextContent;
  private long nextMailbox;
  private long nextFate;
  private long lastValidity;
  private long messages;

  StagedCounters(Counters start) {
    nextContent = start.nextContent();
    nextMailbox = start.nextMailbox();
    nextFate = start.nextFate();
    lastValidity = start.lastValidity();
    messages = start.messages();
  }

  long takeContent() {
    return nextContent++;
  }

  long takeMailbox() {
    return nextMailbox++;
  }

  long takeFate() {
    return nextFate++;
  }

  /** A validity that no mailbox ever had: the second of the clock, or later. */
  long takeValidity(long second) {
    lastValidity = Math.max(Math.max(1, second), lastValidity + 1);
    return lastValidity;
  }

  void addMessages(int change) {
    messages += change;
  }

  Counters toCounters() {
    return new Counters(nextContent, nextMailbox, nextFate, lastValidity, messages);
  }
}
