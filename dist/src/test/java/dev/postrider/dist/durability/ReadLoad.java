package dev.postrider.dist.durability;

import dev.postrider.dist.client.Maildrop;
import dev.postrider.dist.server.RunningServer;
import java.io.IOException;
import java.security.GeneralSecurityException;
import java.util.HashSet;
import java.util.Random;
import java.util.Set;

/** Carol reads and deletes; now and then her connection breaks before she says QUIT. */
final class ReadLoad implements Load {
  private static final int AT_ONCE = 15;
  private static final int PACE = 10;

  @Override
  public void work(RunningServer server, Random random, Journal journal)
      throws IOException, GeneralSecurityException, InterruptedException {
    journal.awaitMore(PACE);
    Maildrop drop = Maildrop.open(server.port("pop3s"), "carol@example.test", "postrider");
    Set<String> marked = new HashSet<>();
    boolean quitting = false;
    boolean answered = false;
    try {
      int count = Math.min(drop.count(), AT_ONCE);
      for (int i = 1; i <= count; i++) {
        if (random.nextBoolean()) {
          marked.add(Maildrop.subject(drop.header(i)));
          drop.delete(i);
        }
      }
      quitting = random.nextInt(4) > 0;
      if (quitting) {
        drop.close();
        answered = true;
      }
    } finally {
      drop.abandon();
      if (answered && !marked.isEmpty()) {
        journal.deleted(marked);
      } else if (quitting && !marked.isEmpty()) {
        journal.maybeDeleted(marked);
      }
    }
  }
}
