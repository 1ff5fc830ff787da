package dev.postrider.protocol.pop3;

import static org.assertj.core.api.Assertions.assertThat;

import dev.postrider.plugin.testkit.Fuzz;
import dev.postrider.protocol.line.Next;
import dev.postrider.protocol.testkit.SessionPeer;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Random commands and random octets, in every state; a failure names its seed. */
class Pop3FuzzTest {

  private static final String[] WORDS = {
    "CAPA",
    "STLS",
    "USER bob",
    "USER alice",
    "PASS secret",
    "PASS x",
    "AUTH PLAIN",
    "AUTH PLAIN AGJvYgBzZWNyZXQ=",
    "AGJvYgBzZWNyZXQ=",
    "*",
    "STAT",
    "LIST",
    "LIST 1",
    "LIST 9",
    "UIDL",
    "UIDL 2",
    "RETR 1",
    "RETR 2",
    "RETR 3",
    "TOP 1 1",
    "TOP 2 0",
    "TOP 2 999999999",
    "DELE 1",
    "DELE 2",
    "DELE 3",
    "RSET",
    "NOOP",
    "",
    " ",
    "RETR  1",
    "TOP 1  1",
    "LIST 1 ",
    "USER \u00e4\ud83d\ude00",
    "RETR 18446744073709551617",
    "TOP -1 -1",
    "PASS  "
  };
  private static final Pop3Settings PATIENT =
      new Pop3Settings(Duration.ofMinutes(10), 4096, 512, 100_000, 100_000, 100_000, 100_000);

  @Test
  void whatever_is_sent_every_reply_is_well_formed_and_only_quit_removes() {
    Fuzz.of("POP3 sessions", Pop3FuzzTest::session).seeds(1, 40);
  }

  @Test
  @Tag("long")
  void the_same_for_a_minute() {
    Fuzz.of("POP3 sessions", Pop3FuzzTest::session)
        .seeds(System.nanoTime(), Duration.ofSeconds(60));
  }

  private static void session(Random random) {
    Post post = new Post();
    List<Long> before = post.uids(Post.BOB);
    try (SessionPeer<Pop3State, Pop3Question, Pop3Answer> peer =
        post.session(random.nextInt(4) > 0, PATIENT)) {
      if (random.nextBoolean()) {
        peer.send("USER bob\r\nPASS secret\r\n".getBytes(StandardCharsets.US_ASCII));
      }
      for (int i = 0; i < 200 && peer.next() instanceof Next.ReadLine<Pop3Question>; i++) {
        peer.send(pieces(random));
      }
      if (peer.next() instanceof Next.StartTls<Pop3Question>) {
        peer.startTls();
        peer.send(pieces(random));
      }
      assertThat(wellFormed(peer.readLines())).isTrue();
    }
    assertThat(post.uids(Post.BOB)).isEqualTo(before);
    try (SessionPeer<Pop3State, Pop3Question, Pop3Answer> next = post.session(true)) {
      next.readLines();
      next.send("AUTH PLAIN AGJvYgBzZWNyZXQ=\r\n".getBytes(StandardCharsets.US_ASCII));
      assertThat(next.readLines())
          .as("the lock is free again")
          .first()
          .asString()
          .doesNotContain("IN-USE");
    }
  }

  private static byte[] pieces(Random random) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    int count = 1 + random.nextInt(5);
    for (int i = 0; i < count; i++) {
      if (random.nextInt(5) == 0) {
        byte[] noise = new byte[random.nextInt(700)];
        random.nextBytes(noise);
        out.writeBytes(noise);
      } else {
        out.writeBytes(WORDS[random.nextInt(WORDS.length)].getBytes(StandardCharsets.UTF_8));
      }
      if (random.nextInt(12) > 0) {
        out.writeBytes(new byte[] {'\r', '\n'});
      }
    }
    return out.toByteArray();
  }

  /** Status lines, and after a multi-line one its lines up to the dot. */
  private static boolean wellFormed(List<String> lines) {
    List<String> rest = new ArrayList<>(lines);
    while (!rest.isEmpty()) {
      String status = rest.removeFirst();
      assertThat(status).matches("(\\+OK|-ERR) .+|\\+ ");
      if (status.matches("\\+OK (capabilities|top|[0-9]+ octets).*")
          || (status.matches("\\+OK [0-9]+ [0-9]+") && isListing(rest))) {
        int end = rest.indexOf(".");
        assertThat(end).as("end of %s in %s", status, rest).isNotNegative();
        rest.subList(0, end + 1).clear();
      }
    }
    return true;
  }

  private static boolean isListing(List<String> rest) {
    return !rest.isEmpty() && rest.getFirst().matches("[0-9]+ [0-9.]+|\\.");
  }
}
