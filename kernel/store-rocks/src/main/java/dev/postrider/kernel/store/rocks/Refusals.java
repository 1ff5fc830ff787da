package dev.postrider.kernel.store.rocks;

import dev.postrider.kernel.store.CommitResult;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Says no to those whose group failed, but only once the group can't come back: until then a
 * restart might take it for a good one, so nobody is told anything. The committer's thread only.
 */
final class Refusals {

  private static final Logger LOG = LoggerFactory.getLogger(Refusals.class);

  /**
   * A group that failed and is not void yet.
   *
   * @param answer once it is void
   */
  private record Unsettled(List<Work> group, CommitResult answer) {}

  private final SegmentWriter writer;
  private @Nullable Unsettled unsettled;

  Refusals(SegmentWriter writer) {
    this.writer = writer;
  }

  /** Whether somebody still waits for a no. */
  boolean pending() {
    return unsettled != null;
  }

  /** Answers a group that failed, or keeps the answer where the group is not void. */
  void refuse(List<Work> group, CommitResult answer, boolean isVoid) {
    if (isVoid) {
      fail(group, answer);
      return;
    }
    LOG.error("a failed group can't be made void; those who wait for it are not answered yet");
    unsettled = new Unsettled(List.copyOf(group), answer);
  }

  /**
   * Makes void what failed; whether nothing is left of the kind.
   *
   * @param next the first number that may still count
   */
  boolean settle(long next) {
    Unsettled left = unsettled;
    if (left != null && writer.abandon(next)) {
      unsettled = null;
      LOG.info("the group that failed is void now");
      fail(left.group, left.answer);
    }
    return unsettled == null;
  }

  /** Answers whoever still waits with what can be said at the end. */
  void leave(CommitResult answer) {
    if (unsettled != null) {
      fail(unsettled.group, answer);
    }
  }

  static void fail(List<Work> group, CommitResult result) {
    group.forEach(work -> work.complete(result));
  }
}
