package dev.postrider.mailet.authentication.sidebyside;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.postrider.plugin.testkit.DnsServer;
import dev.postrider.plugin.testkit.InMemoryDns;
import dev.postrider.plugin.testkit.LocalDaemon;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

/**
 * Two hundred mails judged by us and by others, all of whom ask one name server. Where we differ is
 * known, and why.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class SideBySideTest {

  private static final int MAILS = 200;

  private final Mails mails = new Mails();
  private final InMemoryDns dns = mails.dns();
  private final DnsServer server;
  private final List<Sent> sent = new ArrayList<>();
  private final List<Judgement> ours = new ArrayList<>();

  SideBySideTest() throws IOException {
    server = DnsServer.of(dns);
  }

  @BeforeAll
  void judge() throws IOException {
    sent.addAll(mails.some(MAILS));
    ours.addAll(new Ours(dns).judge(sent));
  }

  @AfterAll
  void stop() {
    server.close();
  }

  @Test
  void weAgreeWithPythonBesidesWhatIsKnown(@TempDir Path folder)
      throws IOException, InterruptedException {
    Python python = new Python(folder, server.address().getPort());
    assumeTrue(
        python.isThere(), "install python3-dkim, python3-dnspython, python3-nacl, python3-spf");
    compare(python);
  }

  @Test
  void weAgreeWithRspamdBesidesWhatIsKnown(@TempDir Path folder)
      throws IOException, InterruptedException {
    assumeTrue(LocalDaemon.isInstalled(RspamdJudge.PROGRAM), "install Debian's package rspamd");
    try (RspamdJudge rspamd = RspamdJudge.start(folder, server.address().getPort())) {
      compare(rspamd);
    }
  }

  private void compare(Judge judge) throws IOException, InterruptedException {
    List<Judgement> theirs = judge.judge(sent);
    assertThat(theirs).hasSize(MAILS);
    Map<String, Integer> explained = new TreeMap<>();
    List<String> unexplained = new ArrayList<>();
    for (int i = 0; i < MAILS; i++) {
      boolean differed = false;
      for (String method : Judgement.METHODS) {
        String mine = ours.get(i).results().getOrDefault(method, "");
        String other = theirs.get(i).results().getOrDefault(method, mine);
        if (mine.equals(other)) {
          continue;
        }
        Optional<String> why =
            KnownDifference.of(judge.name(), method, sent.get(i).mail(), mine, other)
                .map(KnownDifference::told);
        if (why.isEmpty() && differed && method.equals("dmarc")) {
          why = Optional.of(method + ": " + KnownDifference.FOLLOWS);
        }
        if (why.isPresent()) {
          explained.merge(why.get(), 1, Integer::sum);
        } else {
          unexplained.add(sent.get(i).name() + " " + method + ": we " + mine + ", they " + other);
        }
        differed = true;
      }
    }
    int count = explained.values().stream().mapToInt(n -> n).sum();
    System.out.printf("%d mails beside %s: %d explained differences%n", MAILS, judge.name(), count);
    explained.forEach((why, n) -> System.out.printf("  %d× %s%n", n, why));
    assertThat(unexplained).isEmpty();
    // An explanation of nothing is out of date.
    assertThat(KnownDifference.of(judge.name()))
        .allSatisfy(known -> assertThat(explained).containsKey(known.told()));
  }
}
