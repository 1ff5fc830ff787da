package dev.postrider.kernel.store.rocks;

import dev.postrider.kernel.store.Batch;
import dev.postrider.kernel.store.CommitResult;
import dev.postrider.kernel.store.StoreWatcher;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The one thread that changes the store. It takes all batches that wait, writes their contents and
 * rows as one group to the segment, syncs once, applies the rows to the index, and only then tells
 * the waiting threads.
 */
final class Committer implements AutoCloseable {

  private static final Logger LOG = LoggerFactory.getLogger(Committer.class);
  private static final CommitResult COMMITTED = new CommitResult.Committed();
  private static final CommitResult CLOSED = new CommitResult.Failed("the store is closed");
  private static final CommitResult UNCLEAR =
      new CommitResult.Unclear("the store was closed before it could tell");
  private static final long RECOVERY_PAUSE_NANOS = 1_000_000_000;

  /** A conflict counts only when the group does: it may be with a batch of the same group. */
  private record Decided(Work work, CommitResult result) {
    void tell() {
      work.complete(result);
    }
  }

  private final RocksStoreOptions options;
  private final FreeSpace space;
  private final Segments segments;
  private final SegmentWriter writer;
  private final Recovery recovery;
  private final Index index;
  private final ContentRows contentRows;
  private final WorkQueue queue;
  private final Watchers watchers = new Watchers();
  private final RowBuffer rows = new RowBuffer();
  private final Thread thread;
  private volatile Heap heap;
  private volatile Position applied;
  private volatile boolean ended;
  private final Refusals refusals;
  private long sequence;
  private long lastRecovery;
  private boolean suspended;

  Committer(
      RocksStoreOptions options,
      FreeSpace space,
      Segments segments,
      SegmentWriter writer,
      Recovery recovery,
      Index index,
      ContentRows contentRows,
      Heap heap,
      Position applied) {
    this.options = options;
    this.queue = new WorkQueue(options.groupBatches(), options.groupBytes());
    this.space = space;
    this.segments = segments;
    this.writer = writer;
    this.refusals = new Refusals(writer);
    this.recovery = recovery;
    this.index = index;
    this.contentRows = contentRows;
    this.heap = heap;
    this.applied = applied;
    this.sequence = applied.sequence();
    this.thread = Thread.ofPlatform().name("store-committer").unstarted(this::run);
  }

  void start() {
    thread.start();
  }

  Heap heap() {
    return heap;
  }

  /** Up to where the index holds what the segments say. */
  Position applied() {
    return applied;
  }

  void watch(StoreWatcher watcher) {
    watchers.add(watcher);
  }

  /** Hands work over and waits for its result. */
  CommitResult submit(Work work) {
    queue.add(work);
    if (ended) {
      failLeftOver();
    }
    return work.await();
  }

  private void run() {
    List<Work> group = new ArrayList<>();
    try {
      run(group);
    } catch (Error e) {
      // What the index and the heap hold of the group is unknown; opening the store again mends it.
      LOG.error("the committer failed, the store takes nothing any more; restart the server", e);
      throw e;
    } finally {
      ended = true;
      // The committer died at it: it may be durable.
      Refusals.fail(group, UNCLEAR);
      refusals.leave(UNCLEAR);
      failLeftOver();
    }
  }

  private void run(List<Work> group) {
    boolean going = true;
    while (going) {
      Work special = queue.take(group, refusals.pending());
      try {
        if (!group.isEmpty()) {
          commit(group);
          group.clear();
        } else {
          refusals.settle(sequence + 1);
        }
        if (special instanceof Work.Between between) {
          runBetween(between);
        }
        going = !(special instanceof Work.Stop);
        if (special instanceof Work.Stop stop) {
          stop.complete(COMMITTED);
        }
      } finally {
        if (special != null) {
          special.complete(CLOSED);
        }
      }
    }
  }

  private void runBetween(Work.Between between) {
    try {
      between.task.run();
      between.complete(COMMITTED);
    } catch (RuntimeException e) {
      LOG.error("a task between two commits failed", e);
      between.complete(new CommitResult.Failed("it failed: " + e));
    }
  }

  private void failLeftOver() {
    queue.drain().forEach(work -> work.complete(CLOSED));
  }

  private void commit(List<Work> group) {
    try {
      if (!refusals.settle(sequence + 1)) {
        Refusals.fail(group, new CommitResult.Failed("the segments can't be written; see the log"));
        return;
      }
      if (suspended && !recover()) {
        Refusals.fail(group, new CommitResult.Failed("the index can't be written; see the log"));
        return;
      }
      commitTogether(refuseWhenFull(group));
    } catch (RuntimeException e) {
      oneByOne(group, e);
    }
  }

  // One batch that can't be worked out must not take its neighbours with it.
  private void oneByOne(List<Work> group, RuntimeException reason) {
    for (Work work : group) {
      if (work.isComplete()) {
        continue;
      }
      try {
        if (group.size() == 1) {
          throw reason;
        }
        commitTogether(List.of(work));
      } catch (RuntimeException e) {
        LOG.error("a batch could not be committed", e);
        work.complete(new CommitResult.Failed("the batch makes no sense: " + e));
      }
    }
  }

  private List<Work> refuseWhenFull(List<Work> group) {
    if (group.stream().allMatch(work -> work.weight() == 0)) {
      return group;
    }
    if (space.measure() > 0) {
      return group;
    }
    List<Work> rest = new ArrayList<>();
    for (Work work : group) {
      if (work instanceof Work.Commit && work.weight() > 0) {
        work.complete(
            new CommitResult.Full(
                "nothing is free above the reserve of " + options.reserveBytes() + " octets"));
      } else {
        rest.add(work);
      }
    }
    return rest;
  }

  private void commitTogether(List<Work> group) {
    List<Decided> decided = new ArrayList<>(group.size());
    GroupStage stage;
    Position position;
    try {
      long number = sequence + 1;
      writer.prepare(number);
      stage = stage(group, decided);
      if (stage.isEmpty()) {
        decided.forEach(Decided::tell);
        return;
      }
      RowBuffer finished = stage.finish();
      for (ContentStage.Placed placed : stage.contents().placed()) {
        writer.content(number, placed.number(), placed.octets());
      }
      writer.rows(number, finished.array(), RowBuffer.HEADER, finished.length() - RowBuffer.HEADER);
      // A number is used up even when the group fails: its torn rest must never look newer.
      sequence = number;
      writer.sync();
      position = new Position(number, writer.segment().number(), writer.end());
    } catch (IOException e) {
      suspended |= e instanceof Index.IndexException;
      LOG.error("a commit failed: {}", e.toString());
      refusals.refuse(group, failure(e), writer.abandon(sequence + 1));
      return;
    }
    apply(stage, position, group, decided);
  }

  private GroupStage stage(List<Work> group, List<Decided> decided) throws IOException {
    GroupStage stage =
        new GroupStage(
            heap,
            contentRows,
            index,
            options.clock().instant(),
            rows,
            writer.segment().number(),
            writer.end());
    for (Work work : group) {
      switch (work) {
        case Work.Commit commit ->
            decided.add(
                new Decided(
                    work,
                    stage
                        .add(commit.batch, commit.fresh)
                        .<CommitResult>map(CommitResult.Conflict::new)
                        .orElse(COMMITTED)));
        case Work.Evacuate evacuate -> {
          for (Work.Evacuate.Moved moved : evacuate.contents) {
            stage.contents().move(moved);
          }
          decided.add(new Decided(work, COMMITTED));
        }
        case Work.Between _, Work.Stop _ -> throw new IllegalStateException("not part of a group");
      }
    }
    return stage;
  }

  private void apply(GroupStage stage, Position position, List<Work> group, List<Decided> decided) {
    stage.addLocal(position, segments);
    try {
      index.write(rows.toBatch());
      stage.takeOver(segments);
      applied = position;
    } catch (IOException | RuntimeException e) {
      LOG.error("the index could not be written; it is opened again", e);
      // The group is durable in the segment. Opening again applies it from there.
      suspended = true;
      if (!recover()) {
        // A peer that is told no sends again: then the next opening must not apply the group.
        CommitResult answer =
            e instanceof IOException reason
                ? failure(reason)
                : new CommitResult.Failed(e.toString());
        refusals.refuse(group, answer, writer.annul(sequence + 1));
        return;
      }
    }
    committed(decided).forEach(watchers::tell);
    decided.forEach(Decided::tell);
  }

  private static List<Batch> committed(List<Decided> decided) {
    List<Batch> batches = new ArrayList<>();
    for (Decided one : decided) {
      if (one.work instanceof Work.Commit commit && one.result.equals(COMMITTED)) {
        batches.add(commit.batch);
      }
    }
    return batches;
  }

  private boolean recover() {
    long now = System.nanoTime();
    if (lastRecovery != 0 && now - lastRecovery < RECOVERY_PAUSE_NANOS) {
      return false;
    }
    lastRecovery = now;
    try {
      index.reopen();
      Recovery.Outcome outcome = recovery.resume(index);
      contentRows.forget();
      heap = Heap.load(index);
      applied = outcome.position();
      sequence = Math.max(sequence, applied.sequence());
      writer.abandon(sequence + 1);
      suspended = false;
      LOG.info("the index is back");
      return true;
    } catch (IOException | RuntimeException e) {
      LOG.error("the index can't be opened again", e);
      return false;
    }
  }

  static CommitResult failure(IOException e) {
    String reason = String.valueOf(e.getMessage());
    return reason.contains("No space left") || reason.contains("quota exceeded")
        ? new CommitResult.Full(reason)
        : new CommitResult.Failed(reason);
  }

  @Override
  public void close() {
    if (thread.isAlive()) {
      submit(new Work.Stop());
    }
  }
}
