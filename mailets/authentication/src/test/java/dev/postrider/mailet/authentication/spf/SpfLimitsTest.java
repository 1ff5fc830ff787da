package dev.postrider.mailet.authentication.spf;

import static org.assertj.core.api.Assertions.assertThat;

import dev.postrider.mailet.authentication.lookup.SlowDns;
import dev.postrider.plugin.service.Dns;
import dev.postrider.plugin.testkit.Cost;
import dev.postrider.plugin.testkit.FixedClock;
import dev.postrider.plugin.testkit.InMemoryDns;
import java.net.InetAddress;
import java.time.Duration;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** Policies that want the receiver to work: each costs few lookups and little time. */
class SpfLimitsTest {

  private static final InetAddress CLIENT = InetAddress.ofLiteral("192.0.2.1");

  private final FixedClock clock = FixedClock.at("2026-11-23T12:00:00Z");
  private final InMemoryDns dns = new InMemoryDns();

  private SpfAnswer check(Dns names, String domain) {
    SpfIdentity identity =
        new SpfIdentity(CLIENT, "someone", domain, "client.example", "mx.example");
    return new SpfCheck(Duration.ofSeconds(20), clock).check(names, identity);
  }

  @Test
  void treesOfIncludesEndAtTheTenthTerm() {
    Random random = new Random(42);
    for (int round = 0; round < 200; round++) {
      InMemoryDns tree = new InMemoryDns();
      int nodes = 1 + random.nextInt(60);
      int width = 1 + random.nextInt(6);
      int includes = 0;
      for (int node = 0; node < nodes; node++) {
        StringBuilder policy = new StringBuilder("v=spf1");
        for (int i = 1; i <= width && node * width + i < nodes; i++) {
          policy.append(" include:n").append(node * width + i).append(".example");
          includes++;
        }
        tree.withTxt("n" + node + ".example", policy + " ?all");
      }
      SpfResult result = check(tree, "n0.example").result();
      assertThat(result).isEqualTo(includes > 10 ? SpfResult.PERMERROR : SpfResult.NEUTRAL);
      assertThat(tree.queries()).hasSize(1 + Math.min(includes, 10));
    }
  }

  @Test
  void includesThatCountUpByMacrosEndToo() {
    for (int i = 0; i < 500; i++) {
      dns.withTxt("x.".repeat(i) + "example.org", "v=spf1 include:x.%{d} include:x.%{d} -all");
    }
    assertThat(check(dns, "example.org").result()).isEqualTo(SpfResult.PERMERROR);
    assertThat(dns.queries()).hasSize(11);
  }

  @Test
  void theMostThatAPolicyCanAskForIsBounded() {
    StringBuilder policy = new StringBuilder("v=spf1 exp=why.example");
    for (int i = 0; i < 9; i++) {
      policy.append(" mx:m").append(i).append(".example");
      for (int j = 0; j < 10; j++) {
        dns.withMx("m" + i + ".example", j, "h" + i + "-" + j + ".example");
        dns.withAddress("h" + i + "-" + j + ".example", "203.0.113.9");
      }
    }
    dns.withTxt("bomb.example", policy + " ptr:other.example -all");
    for (int i = 0; i < 1000; i++) {
      dns.withReverse("192.0.2.1", "p" + i + ".example");
    }
    assertThat(check(dns, "bomb.example").result()).isEqualTo(SpfResult.FAIL);
    assertThat(dns.queries()).hasSize(1 + 9 * 11 + 11 + 1);
  }

  @Test
  void lookupsThatFindNothingEndIt() {
    dns.withTxt("void.example", "v=spf1" + " exists:%{i}.none.example".repeat(10) + " +all");
    assertThat(check(dns, "void.example").result()).isEqualTo(SpfResult.PERMERROR);
    assertThat(dns.queries()).hasSize(4);
  }

  @Test
  void aClientWithoutNamesIsALookupThatFindsNothingOnce() {
    String none = "v=spf1 ptr:a.example ptr:b.example exists:one.example exists:two.example";
    dns.withTxt("nameless.example", none + " +all").withTxt("one.example", "v=spf1 ptr a -all");
    assertThat(check(dns, "nameless.example").result()).isEqualTo(SpfResult.PERMERROR);
    assertThat(check(dns, "one.example").result()).isEqualTo(SpfResult.FAIL);
    dns.withTxt("macro.example", "v=spf1 exists:%{p}.one.example exists:two.example +all");
    assertThat(check(dns, "macro.example").result())
        .as("the name in a macro is no term")
        .isEqualTo(SpfResult.PASS);
    dns.withReverse("192.0.2.1", "host.a.example").withReverse("192.0.2.1", "host.b.example");
    assertThat(check(dns, "nameless.example").result())
        .as("names without an address are the client's fault")
        .isEqualTo(SpfResult.PASS);
  }

  @Test
  void slowServersEndItAfterItsTime() {
    dns.withTxt("slow.example", "v=spf1" + " a:host.example".repeat(10) + " -all");
    dns.withAddress("host.example", "203.0.113.9");
    SlowDns slow = SlowDns.of(dns, clock, Duration.ofSeconds(3));
    SpfAnswer answer = check(slow, "slow.example");
    assertThat(answer.result()).isEqualTo(SpfResult.TEMPERROR);
    assertThat(slow.waited()).isLessThan(Duration.ofSeconds(23));
  }

  @Test
  void hugePoliciesCostLinearTime() {
    String[] terms = {
      " a:%{s}%{s}%{s}%{s}%{s}.example.org/24",
      " ip4:203.0.113.9/31",
      " x=%{l1r+-/}",
      " ",
      "%",
      " exists:%{d" + "1".repeat(60) + "r}.%{p}",
      " -",
      "/",
      "//9",
      " redirect=",
      " a:..",
      "{"
    };
    for (String term : terms) {
      InMemoryDns huge = new InMemoryDns();
      huge.withTxt("huge.example", "v=spf1" + term.repeat(65_000 / term.length()));
      assertThat(check(huge, "huge.example").result()).isNotNull();
      assertThat(huge.queries()).hasSizeLessThan(14);
      Cost cost = Cost.of(() -> check(huge, "huge.example"));
      System.out.println(
          "SPF policy of 64 KB of '" + term + "': " + cost.within(Duration.ofSeconds(1), 64 << 20));
    }
    String bomb = "v=spf1 exists:" + "%{s}".repeat(16_000) + " -all";
    InMemoryDns huge = new InMemoryDns().withTxt("huge.example", bomb);
    assertThat(check(huge, "huge.example").result()).isEqualTo(SpfResult.PERMERROR);
    System.out.println(
        "SPF name of 16,000 macros: "
            + Cost.of(() -> check(huge, "huge.example")).within(Duration.ofSeconds(1), 16 << 20));
  }

  @Test
  void anyOctetsAreReadWithoutAFault() {
    Random random = new Random(3);
    String alphabet = " amxip46:/%{}dlr.-+~?=0123456789allincludeexistsredirectexp\"\\\0é\t";
    for (int i = 0; i < 20_000; i++) {
      StringBuilder policy = new StringBuilder("v=spf1 ");
      for (int j = random.nextInt(30); j >= 0; j--) {
        policy.append(alphabet.charAt(random.nextInt(alphabet.length())));
      }
      InMemoryDns names = new InMemoryDns().withTxt("a.example", policy.toString());
      assertThat(check(names, "a.example").result()).isNotNull();
    }
  }
}
