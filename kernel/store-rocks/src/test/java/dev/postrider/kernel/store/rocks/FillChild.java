package dev.postrider.kernel.store.rocks;

import dev.postrider.kernel.contracts.Samples;
import dev.postrider.kernel.mailbox.MailboxName;
import dev.postrider.kernel.store.Batch;
import dev.postrider.kernel.store.Change;
import dev.postrider.kernel.store.CommitResult;
import dev.postrider.plugin.EmailAddress;
import java.io.IOException;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;

/** Fills a store with small messages in many mailboxes, says so, and goes on until it is killed. */
final class FillChild {
  private static final int AT_ONCE = 50;
  private static final int THREADS = 8;
  private static final int MAILBOXES = 10_000;

  private FillChild() {}

  static RocksStoreOptions options() {
    return RocksStoreOptions.defaults(InstantSource.system()).withReserveBytes(0);
  }

  public static void main(String[] args) throws IOException, InterruptedException {
    RocksStore store = RocksStore.open(Path.of(args[0]), options());
    int each = Integer.parseInt(args[1]) / THREADS;
    CountDownLatch filled = new CountDownLatch(THREADS);
    for (int i = 0; i < THREADS; i++) {
      int first = i * each;
      Thread.ofPlatform()
          .start(
              () -> {
                for (int at = 0; ; at += AT_ONCE) {
                  if (at == each) {
                    filled.countDown();
                  }
                  deliver(store, first + at, at < each ? AT_ONCE : 1);
                }
              });
    }
    filled.await();
    System.out.println("filled");
  }

  private static void deliver(RocksStore store, int first, int count) {
    List<Change> changes = new ArrayList<>();
    for (int number = first; number < first + count; number++) {
      EmailAddress owner = EmailAddress.parse("u" + number % MAILBOXES + "@example.test");
      String text = "Subject: n-" + number + "\r\n\r\n" + "x".repeat(200) + "\r\n";
      changes.add(Samples.append(MailboxName.inbox(owner), Samples.fresh(text)));
    }
    CommitResult result = store.commit(new Batch(changes));
    if (!(result instanceof CommitResult.Committed)) {
      throw new IllegalStateException(result.toString());
    }
  }
}
