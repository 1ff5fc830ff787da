package dev.postrider.kernel.store.rocks;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.postrider.kernel.contracts.Samples;
import dev.postrider.kernel.mailbox.MailboxMessage;
import dev.postrider.kernel.mailbox.MailboxName;
import dev.postrider.kernel.spool.SpoolEntry;
import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Kills a real process in the middle of its work (SIGKILL), again and again, each time after a
 * compaction has deleted something and while the next one runs.
 */
class CrashTest {

  private static final int[] ACKNOWLEDGED_BEFORE_THE_KILL = {100, 250, 400};

  @TempDir Path directory;

  @Test
  void whatWasAcknowledgedIsThereExactlyOnceAfterEveryKill() throws Exception {
    Set<String> spooled = new HashSet<>();
    Set<String> delivered = new HashSet<>();
    for (int life = 0; life < ACKNOWLEDGED_BEFORE_THE_KILL.length; life++) {
      Process child = start(life);
      try (BufferedReader lines = child.inputReader()) {
        assertThat(lines.readLine()).isEqualTo("ready");
        if (life == 0) {
          assertThat(RocksStore.isInUse(directory)).isTrue();
          assertThatThrownBy(() -> Stores.open(directory))
              .isInstanceOf(StoreOpenException.class)
              .hasMessageContaining("in use by process " + child.pid());
        }
        boolean compacted = false;
        for (int taken = 0; taken < ACKNOWLEDGED_BEFORE_THE_KILL[life] || !compacted; taken++) {
          String line = lines.readLine();
          assertThat(line).as("the process died by itself").isNotNull();
          take(line, spooled, delivered);
          compacted |= line.equals("C");
        }
        // By its handle: the process object itself would close the pipe.
        child.toHandle().destroyForcibly();
        // What was still in the pipe was acknowledged too.
        for (String line = lines.readLine(); line != null; line = lines.readLine()) {
          take(line, spooled, delivered);
        }
      }
      child.waitFor();
      assertThat(StoreVerification.of(directory, Stores.options()).findings()).isEmpty();
      if (life == 1) {
        Stores.deleteTree(directory.resolve("index"));
      }
      check(spooled, delivered);
    }
    assertThat(Checkpoint.newest(directory.resolve("segments"))).isNotNull();
  }

  private static void take(String line, Set<String> spooled, Set<String> delivered) {
    if (line.startsWith("S ")) {
      spooled.add(line.substring(2));
    } else if (line.startsWith("D ")) {
      delivered.add(line.substring(2));
    }
  }

  private void check(Set<String> spooled, Set<String> delivered) throws IOException {
    try (RocksStore store = Stores.open(directory)) {
      Map<String, Integer> copies = new HashMap<>();
      for (MailboxName mailbox : store.mail().mailboxes(Samples.ALICE)) {
        List<MailboxMessage> messages = store.mail().messages(mailbox);
        for (MailboxMessage message : messages) {
          copies.merge(id(Samples.text(store, message.message())), 1, Integer::sum);
        }
        assertThat(messages).extracting(MailboxMessage::uid).isSorted().doesNotHaveDuplicates();
      }
      for (SpoolEntry entry : store.spool().list("", 100_000)) {
        copies.merge(id(Samples.text(store, entry.message())), 1, Integer::sum);
        assertThat(delivered).doesNotContain(entry.id());
      }
      assertThat(copies.values()).allMatch(count -> count == 1);
      assertThat(copies.keySet()).containsAll(delivered).containsAll(spooled);
    }
  }

  private static String id(String text) {
    return text.substring(0, text.indexOf(' '));
  }

  private Process start(int life) throws IOException {
    Path java = Path.of(System.getProperty("java.home"), "bin", "java");
    return new ProcessBuilder(
            java.toString(),
            "--enable-native-access=ALL-UNNAMED",
            "-Xmx256m",
            "-XX:+UseSerialGC",
            "-XX:TieredStopAtLevel=1",
            "-cp",
            System.getProperty("java.class.path"),
            CrashChild.class.getName(),
            directory.toString(),
            Integer.toString(life))
        .redirectError(ProcessBuilder.Redirect.DISCARD)
        .start();
  }
}
