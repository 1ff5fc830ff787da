package dev.postrider.kernel.store.rocks;

import static org.assertj.core.api.Assertions.assertThat;

import dev.postrider.kernel.contracts.Samples;
import dev.postrider.kernel.store.Batch;
import dev.postrider.kernel.store.CommitResult;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * A fixed piece of work, with a fault at each operation of the disk in turn: once, or for good and
 * then a power failure that drops any of the writes that were not synced. What was answered with
 * yes is there, in order; what was answered with no is not.
 */
class FaultyDiskStepsTest {

  private static final int COMMITS = 12;
  private static final int NORMAL_STRIDE = 7;

  @TempDir Path folder;
  private final List<Thread> closers = new ArrayList<>();

  @Test
  void aFaultAtSomeStepsLosesNothing() throws Exception {
    everyStep(NORMAL_STRIDE);
  }

  @Test
  @Tag("long")
  void aFaultAtEachStepLosesNothing() throws Exception {
    everyStep(1);
  }

  private void everyStep(int stride) throws Exception {
    FaultyDisk counting = new FaultyDisk();
    assertThat(work(folder.resolve("count"), counting).yes()).hasSize(COMMITS);
    mend(counting);
    long steps = counting.steps();
    assertThat(steps).isGreaterThan(COMMITS);
    for (long step = 1; step <= steps; step += stride) {
      fault(step, false);
      fault(step, true);
    }
  }

  private record Answers(List<String> yes, List<String> no) {}

  private void fault(long step, boolean forGood) throws Exception {
    String name = (forGood ? "power fails at step " : "fault at step ") + step;
    Path directory = folder.resolve(name);
    FaultyDisk disk = new FaultyDisk();
    disk.failAt(step, forGood);
    Answers answers = work(directory, disk);
    mend(disk);
    if (forGood) {
      disk.dropUnsynced(new Random(step));
    }
    try (RocksStore store = Stores.open(directory, disk)) {
      List<String> found = inbox(store);
      assertThat(found.stream().filter(answers.yes()::contains))
          .as(name)
          .containsExactlyElementsOf(answers.yes());
      assertThat(found.stream().filter(answers.no()::contains)).as(name).isEmpty();
      Stores.commit(store, Samples.append(Samples.ALICE, "it goes on"));
    }
    Stores.deleteTree(directory);
  }

  private void mend(FaultyDisk disk) throws InterruptedException {
    disk.mend();
    for (Thread closer : closers) {
      closer.join();
    }
    closers.clear();
  }

  private Answers work(Path directory, FaultyDisk disk) {
    Answers answers = new Answers(new ArrayList<>(), new ArrayList<>());
    try (RocksStore store = Stores.open(directory, disk)) {
      closers.add(Thread.ofVirtual().start(() -> closeInTheDark(store, disk)));
      for (int i = 0; i < COMMITS; i++) {
        String text = i + " " + "x".repeat(3000);
        switch (store.commit(Batch.of(Samples.append(Samples.ALICE, text)))) {
          case CommitResult.Committed _ -> answers.yes().add(text);
          case CommitResult.Conflict _, CommitResult.Full _, CommitResult.Failed _ ->
              answers.no().add(text);
          case CommitResult.Unclear _ -> {}
        }
      }
    } catch (IOException e) {
      assertThat(answers.yes()).as("it did not even open: %s", e).isEmpty();
    }
    return answers;
  }

  // A commit of which nobody can say what became of it has no answer as long as the store lives.
  private static void closeInTheDark(RocksStore store, FaultyDisk disk) {
    try {
      disk.awaitDark();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    store.close();
  }

  private static List<String> inbox(RocksStore store) {
    return Samples.inbox(store, Samples.ALICE).stream()
        .map(message -> Samples.text(store, message.message()))
        .toList();
  }
}
