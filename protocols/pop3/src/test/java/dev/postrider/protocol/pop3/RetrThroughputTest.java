package dev.postrider.protocol.pop3;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.management.OperatingSystemMXBean;
import dev.postrider.kernel.directory.Account;
import dev.postrider.kernel.mailbox.MailboxName;
import dev.postrider.kernel.store.Batch;
import dev.postrider.kernel.store.Change;
import dev.postrider.kernel.store.NewMessage;
import dev.postrider.plugin.Content;
import dev.postrider.plugin.EmailAddress;
import dev.postrider.protocol.line.EventLoops;
import dev.postrider.protocol.testkit.SocketPeer;
import java.io.IOException;
import java.io.InputStream;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Messages of 4 KB fetched by ten sessions at once over TLS, from a store on the heap. */
@Tag("long")
class RetrThroughputTest {

  private static final int SESSIONS = 10;
  private static final int MESSAGES = 3000;
  private static final int GROUP = 50;
  private static final String MAIL =
      "Subject: x\r\n\r\n" + ("y".repeat(62) + "\r\n").repeat(64).substring(14);

  /** What the client threads saw. */
  private record Fetched(long octets, long cpuNanos) {}

  @Test
  void ten_sessions_get_all_their_messages() throws Exception {
    assertThat(measure(1)).startsWith("one at a time");
    assertThat(measure(GROUP)).startsWith("pipelined");
  }

  /** For figures: runs both ways a few times, so that the compiler has warmed up. */
  public static void main(String... args) throws Exception {
    for (int round = 0; round < 4; round++) {
      System.out.println(measure(1));
      System.out.println(measure(GROUP));
    }
  }

  private static String measure(int group) throws Exception {
    Post post = new Post();
    List<String> users = new ArrayList<>();
    for (int i = 0; i < SESSIONS; i++) {
      users.add(fill(post, "user" + i));
    }
    try (EventLoops loops = EventLoops.start();
        Served served = new Served(loops, post.access);
        ExecutorService clients = Executors.newFixedThreadPool(SESSIONS)) {
      long cpu = cpu();
      long start = System.nanoTime();
      List<Future<Fetched>> all = new ArrayList<>();
      for (String user : users) {
        all.add(clients.submit(fetch(served, user, group)));
      }
      long octets = 0;
      long clientCpu = 0;
      for (Future<Fetched> one : all) {
        octets += one.get().octets();
        clientCpu += one.get().cpuNanos();
      }
      double seconds = (System.nanoTime() - start) / 1e9;
      int messages = SESSIONS * MESSAGES;
      assertThat(octets).isEqualTo((long) messages * ("+OK 4096 octets\r\n".length() + 4096 + 3));
      return "%s: %.0f messages/s, %.0f us CPU of the server per message"
          .formatted(
              group == 1 ? "one at a time" : "pipelined by " + group,
              messages / seconds,
              (cpu() - cpu - clientCpu) / 1e3 / messages);
    }
  }

  private static String fill(Post post, String user) {
    EmailAddress address = EmailAddress.parse(user + "@example.test");
    assertThat(MAIL).hasSize(4096);
    NewMessage mail =
        new NewMessage.Fresh("", Content.of(MAIL.getBytes(StandardCharsets.US_ASCII)), 0);
    List<Change> changes = new ArrayList<>();
    changes.add(new Change.PutAccount(new Account(address, "secret", true)));
    for (int i = 0; i < MESSAGES; i++) {
      changes.add(
          new Change.Append(MailboxName.inbox(address), mail, post.time.instant(), Set.of()));
    }
    post.store.commit(new Batch(changes));
    return user;
  }

  private static Callable<Fetched> fetch(Served served, String user, int group) {
    return () -> {
      try (SocketPeer peer = served.connect()) {
        Served.ask(peer, "USER " + user);
        Served.ask(peer, "PASS secret");
        long octets = 0;
        for (int from = 1; from <= MESSAGES; from += group) {
          StringBuilder commands = new StringBuilder();
          for (int i = from; i < from + group; i++) {
            commands.append("RETR ").append(i).append("\r\n");
          }
          peer.send(commands.toString());
          octets += skip(peer.input(), group * ("+OK 4096 octets\r\n".length() + 4096 + 3));
        }
        Served.ask(peer, "QUIT");
        return new Fetched(octets, ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime());
      }
    };
  }

  private static long skip(InputStream in, int octets) throws IOException {
    byte[] block = new byte[16 * 1024];
    int left = octets;
    while (left > 0) {
      int n = in.read(block, 0, Math.min(left, block.length));
      if (n < 0) {
        throw new IOException("the server closed early");
      }
      left -= n;
    }
    return octets;
  }

  private static long cpu() {
    return ((OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean())
        .getProcessCpuTime();
  }
}
