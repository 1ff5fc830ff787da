package dev.postrider.protocol.pop3;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.postrider.kernel.store.CommitResult;
import dev.postrider.protocol.line.EventLoops;
import dev.postrider.protocol.testkit.SocketPeer;
import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class Pop3ServerTest {

  private static final EventLoops LOOPS = EventLoops.start(2);

  private final Post post = new Post();
  private Served served;

  @BeforeEach
  void start() throws IOException {
    served = new Served(LOOPS, post.access);
  }

  @AfterEach
  void stop() {
    served.close();
  }

  @AfterAll
  static void stopLoops() {
    LOOPS.close();
  }

  @Test
  void quit_removes_what_is_marked_in_one_commit() throws IOException {
    int commits = post.store.committedBatches().size();
    try (SocketPeer peer = served.bob()) {
      assertThat(Served.ask(peer, "DELE 1")).startsWith("+OK");
      assertThat(Served.ask(peer, "DELE 3")).startsWith("+OK");
      assertThat(post.uids(Post.BOB)).containsExactly(1L, 2L, 3L);
      assertThat(Served.ask(peer, "QUIT")).isEqualTo("+OK bye");
    }
    assertThat(post.uids(Post.BOB)).containsExactly(2L);
    assertThat(post.store.committedBatches()).hasSize(commits + 1);
  }

  @Test
  void a_failed_commit_is_told_and_nothing_is_deleted() throws IOException {
    try (SocketPeer peer = served.bob()) {
      Served.ask(peer, "DELE 1");
      post.store.failNextCommit(new CommitResult.Failed("disk"));
      assertThat(Served.ask(peer, "QUIT"))
          .isEqualTo("-ERR [SYS/TEMP] nothing was deleted, try again later");
      assertThat(peer.readLine()).isNull();
    }
    assertThat(post.uids(Post.BOB)).containsExactly(1L, 2L, 3L);
    try (SocketPeer peer = served.bob()) {
      assertThat(Served.ask(peer, "STAT")).isEqualTo("+OK 3 117");
    }
  }

  @Test
  void a_dropped_connection_deletes_nothing_and_frees_the_mailbox() throws IOException {
    try (SocketPeer peer = served.bob()) {
      Served.ask(peer, "DELE 1");
    }
    await().until(() -> served.pop3s.connections() == 0);
    await().untilAsserted(() -> served.bob().close());
    assertThat(post.uids(Post.BOB)).containsExactly(1L, 2L, 3L);
  }

  @Test
  void the_second_session_of_a_mailbox_hears_in_use_until_the_first_has_quit() throws IOException {
    try (SocketPeer first = served.bob();
        SocketPeer second = served.connect()) {
      assertThat(Served.ask(second, "AUTH PLAIN AGJvYgBzZWNyZXQ=")).startsWith("-ERR [IN-USE]");
      assertThat(Served.ask(first, "QUIT")).isEqualTo("+OK bye");
      assertThat(Served.ask(second, "AUTH PLAIN AGJvYgBzZWNyZXQ=")).isEqualTo("+OK 3 117");
    }
  }

  @Test
  void mail_that_comes_during_a_session_is_seen_by_the_next_one() throws IOException {
    try (SocketPeer peer = served.bob()) {
      post.deliver(Post.BOB, "Subject: new\r\n\r\n");
      assertThat(Served.ask(peer, "STAT")).isEqualTo("+OK 3 117");
      assertThat(Served.ask(peer, "RETR 4")).isEqualTo("-ERR no such message");
      assertThat(Served.ask(peer, "DELE 3")).startsWith("+OK");
      assertThat(Served.ask(peer, "QUIT")).isEqualTo("+OK bye");
    }
    assertThat(post.uids(Post.BOB)).containsExactly(1L, 2L, 4L);
  }

  @Test
  void unique_ids_stay_the_same_over_sessions() throws IOException {
    String before;
    try (SocketPeer peer = served.bob()) {
      before = Served.ask(peer, "UIDL 2").split(" ", -1)[2];
      Served.ask(peer, "DELE 1");
      Served.ask(peer, "QUIT");
    }
    try (SocketPeer peer = served.bob()) {
      assertThat(Served.ask(peer, "UIDL 1")).isEqualTo("+OK 1 " + before);
    }
  }

  @Test
  void plain_text_sent_ahead_of_the_handshake_is_dropped_however_it_is_cut() throws IOException {
    for (String smuggled :
        List.of("STLS\r\nCAPA\r\n", "STLS\r\nUSER bob\r\nQUIT\r\n", "STLS\r\nCA")) {
      try (SocketPeer peer = SocketPeer.connect(served.pop3.address())) {
        Served.expect(peer, "+OK POP3 ready");
        peer.send(smuggled);
        Served.expect(peer, "+OK begin");
        peer.startTls();
        assertThat(Served.ask(peer, "NOOP")).isEqualTo("-ERR log in first");
        assertThat(Served.ask(peer, "PASS secret")).isEqualTo("-ERR USER comes first");
      }
    }
  }

  @Test
  void twenty_megabytes_are_read_no_faster_than_the_client_takes_them() throws IOException {
    BigMail mail = new BigMail(20L << 20, Long.MAX_VALUE);
    try (Served big = new Served(LOOPS, mail);
        SocketPeer peer = big.bob()) {
      long before = live();
      peer.send("RETR 1\r\n");
      await().until(() -> mail.produced.get() > 0);
      AtomicLong seen = new AtomicLong();
      await()
          .during(Duration.ofMillis(300))
          .until(() -> seen.getAndSet(mail.produced.get()) == mail.produced.get());
      assertThat(mail.produced).as("octets read ahead").hasValueLessThan(14L << 20);
      assertThat(live() - before).as("heap taken meanwhile").isLessThan(3L << 20);
      Served.expect(peer, "+OK 20971520 octets");
      assertThat(lines(peer.input())).isEqualTo((20L << 20) / 64);
      assertThat(live() - before).as("heap taken afterwards").isLessThan(3L << 20);
      assertThat(Served.ask(peer, "QUIT")).isEqualTo("+OK bye");
    }
    assertThat(mail.open).hasValue(0);
  }

  @Test
  void a_client_that_leaves_in_the_middle_of_a_message_leaves_nothing_open() throws IOException {
    BigMail mail = new BigMail(64L << 20, Long.MAX_VALUE);
    try (Served big = new Served(LOOPS, mail)) {
      try (SocketPeer peer = big.bob()) {
        peer.send("RETR 1\r\n");
        Served.expect(peer, "+OK");
      }
      await().until(() -> big.pop3s.connections() == 0);
      await().until(() -> mail.open.get() == 0);
      assertThat(mail.produced).hasValueLessThan(64L << 20);
    }
  }

  @Test
  void nothing_is_read_for_a_client_that_has_ended_its_tls_session() throws IOException {
    BigMail mail = new BigMail(64L << 20, Long.MAX_VALUE);
    try (Served big = new Served(LOOPS, mail);
        SocketPeer peer = big.bob()) {
      peer.send("RETR 1\r\n");
      Served.expect(peer, "+OK");
      peer.halfClose();
      await().until(() -> mail.open.get() == 0);
      assertThat(mail.produced).hasValueLessThan(64L << 20);
    }
  }

  @Test
  void a_message_that_breaks_off_cuts_the_connection_instead_of_looking_whole() throws IOException {
    BigMail mail = new BigMail(1 << 20, 512 << 10);
    try (Served big = new Served(LOOPS, mail);
        SocketPeer peer = big.bob()) {
      peer.send("RETR 1\r\n");
      Served.expect(peer, "+OK");
      String line = peer.readLine();
      while (line != null) {
        assertThat(line).isNotEqualTo(".");
        line = peer.readLine();
      }
    }
    assertThat(mail.open).hasValue(0);
  }

  @Test
  void a_message_that_cannot_be_read_at_all_is_an_error_and_the_session_goes_on()
      throws IOException {
    BigMail mail = new BigMail(1 << 20, 0);
    try (Served big = new Served(LOOPS, mail);
        SocketPeer peer = big.bob()) {
      assertThat(Served.ask(peer, "RETR 1")).startsWith("-ERR [SYS/TEMP]");
      assertThat(Served.ask(peer, "NOOP")).startsWith("+OK");
    }
    assertThat(mail.open).hasValue(0);
  }

  @Test
  void a_server_that_stops_says_so_to_the_idle() throws IOException {
    try (SocketPeer peer = served.bob()) {
      served.pop3s.stop(Duration.ofSeconds(5));
      assertThat(peer.readLine()).startsWith("-ERR [SYS/TEMP] the server stops");
      assertThat(peer.readLine()).isNull();
    }
  }

  private static long live() {
    System.gc();
    Runtime runtime = Runtime.getRuntime();
    return runtime.totalMemory() - runtime.freeMemory();
  }

  /** Lines of 64 octets that start with two dots, counted up to the line with one. */
  private static long lines(InputStream from) throws IOException {
    InputStream in = new BufferedInputStream(from, 64 * 1024);
    long lines = 0;
    byte[] line = new byte[65];
    while (true) {
      in.readNBytes(line, 0, 3);
      if (line[1] == '\r') {
        return lines;
      }
      assertThat(in.readNBytes(line, 3, 62)).isEqualTo(62);
      if (line[0] != '.' || line[1] != '.' || line[63] != '\r' || line[64] != '\n') {
        throw new AssertionError("line " + lines + " is damaged");
      }
      lines++;
    }
  }
}
