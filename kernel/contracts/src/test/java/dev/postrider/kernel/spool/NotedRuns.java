package dev.postrider.kernel.spool;

import java.util.Map;
import java.util.TreeMap;

/** Notes on the heap, with what a test says was left. Thread: any. */
public final class NotedRuns implements RunNotes {
  private final Map<String, Integer> all = new TreeMap<>();

  @Override
  public Map<String, Integer> left() {
    return all();
  }

  @Override
  public synchronized void began(String mailId, int times) {
    all.put(mailId, times);
  }

  @Override
  public synchronized void ended(String mailId) {
    all.remove(mailId);
  }

  @Override
  public synchronized void stopped() {
    all.clear();
  }

  /** What is noted now. */
  public synchronized Map<String, Integer> all() {
    return new TreeMap<>(all);
  }
}
