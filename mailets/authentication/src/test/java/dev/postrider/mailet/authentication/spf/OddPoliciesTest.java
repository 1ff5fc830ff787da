package dev.postrider.mailet.authentication.spf;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.postrider.mailet.authentication.dkim.ForeignTool;
import dev.postrider.plugin.testkit.FixedClock;
import dev.postrider.plugin.testkit.InMemoryDns;
import java.io.IOException;
import java.net.InetAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Policies on the edge of the syntax: nobody else reads them quite alike. */
class OddPoliciesTest {

  private static final int POLICIES = 1500;

  private static final String[] STARTS = {
    "v=spf1", "V=SPF1", "v=spf1 ", "v=spf10", "v=spf", " v=spf1", "v= spf1", "v=spf1.", "spf1"
  };
  private static final String[] NAMES = {
    "all",
    "a",
    "A",
    "mx",
    "Mx",
    "ptr",
    "ip4",
    "IP4",
    "ip6",
    "exists",
    "include",
    "redirect",
    "exp",
    "x-new",
    "a.b",
    "a-b",
    "a_b",
    ""
  };
  private static final String[] SIGNS = {"", "", "", "+", "-", "~", "?", "!", "--", "+-"};
  private static final String[] BETWEEN = {":", "=", "", "::", ":=", "/"};
  private static final String[] VALUES = {
    "",
    "host.example.org",
    "host.example.org.",
    "host.example.org..",
    "host..example.org",
    ".example.org",
    "example",
    "192.0.2.1",
    "192.0.2.0/0",
    "192.0.2.1/33",
    "192.0.2.1/024",
    "192.0.2",
    "192.0.2.01",
    "192.0.2.1/",
    "192.0.2.1//24",
    "2001:db8::1",
    "2001:db8::/32",
    "2001:db8::/0",
    "2001:db8::1/129",
    "::ffff:192.0.2.1",
    "::ffff:192.0.2.1/96",
    "::192.0.2.1",
    "2001:DB8:0:0:0:0:0:1",
    "2001:db8::1::",
    "1:2:3:4:5:6:7",
    "::",
    "%{d}",
    "%{D2}",
    "%{d0}",
    "%{d999}",
    "%{d1r}",
    "%{ir}.%{v}.list.example.org",
    "%{l}.example.org",
    "%{lr-}.example.org",
    "%{l1r+-}.example.org",
    "%{h}",
    "%{p}",
    "%{c}",
    "%{x}",
    "%{",
    "a%",
    "%(d)",
    "%%.example.org",
    "%_.example.org",
    "%{ d}",
    "%{d.}.",
    "%{d./}",
    "%{d;}",
    "host.example.org/24//64",
    "host.example.org//64",
    "host.example.org//",
    "host.example.org/00",
    "host.example.org/24//129",
    "host.example.org/24/64",
    "host.example.1",
    "host.example.1a",
    "host.example.a-",
    "host.example.a-b",
    "host.example.a_b",
    "host/24.example.org",
    "h(o)st.example.org",
    "host.exa,mple.org",
    "d1.example.org",
    "d2.example.org",
    "nothing.example.org",
    "only4.example.org",
    "only6.example.org",
    "bad.example.org",
    "two.example.org",
    "x".repeat(64) + ".example.org",
    "%{d}.".repeat(30) + "example.org"
  };
  private static final String[] ENDS = {"", "", "", "", "/24", "//64", "/24//64", "/", "/a", "."};
  private static final String[] SPACES = {" ", " ", " ", " ", " ", "  ", "   ", "\t", " \t"};
  private static final String[] LAST = {"-all", "~all", "?all", "+all", "all", "-ALL", ""};
  private static final String[] CLIENTS = {
    "192.0.2.1", "192.0.2.200", "2001:db8::1", "2001:db8:1::2"
  };
  private static final String[] LOCAL_PARTS = {"alice", "x-y", "x+y-alice", "a.b"};

  @TempDir Path folder;
  private final Random random = new Random(7);
  private final InMemoryDns dns = new InMemoryDns();
  private final List<String> zone = new ArrayList<>();

  @Test
  void oneOfTheOthersAgreesAtLeast() throws IOException, InterruptedException {
    assumeTrue(
        ForeignTool.PYSPF.isHere(folder) && ForeignTool.MAIL_SPF.isHere(folder),
        "Debian's python3-spf or libmail-spf-perl is not here");
    publish();
    List<String> cases = new ArrayList<>();
    List<String> policies = new ArrayList<>();
    List<String> ours = new ArrayList<>();
    for (int i = 0; i < POLICIES; i++) {
      String domain = "p" + i + ".example.org";
      policies.add(policy());
      publish(domain, policies.getLast());
      String client = pick(CLIENTS);
      String localPart = pick(LOCAL_PARTS);
      cases.add(client + " " + localPart + "@" + domain + " host.example.org");
      ours.add(check(client, localPart, domain));
    }
    Files.write(folder.resolve("zone.txt"), zone, US_ASCII);
    Files.write(folder.resolve("cases.txt"), cases, US_ASCII);
    List<String> python = ForeignTool.PYSPF.lines(folder, "check");
    List<String> perl = ForeignTool.MAIL_SPF.lines(folder, "check");
    List<String> alone = new ArrayList<>();
    int all = 0;
    for (int i = 0; i < POLICIES; i++) {
      String our = ours.get(i);
      boolean oneSame = our.equals(python.get(i)) || our.equals(perl.get(i));
      all += our.equals(python.get(i)) && our.equals(perl.get(i)) ? 1 : 0;
      // They take it for all parts; RFC 7208 §7.3: the number must not be zero.
      if (!oneSame && !policies.get(i).contains("%{d0}")) {
        String others = ", pyspf " + python.get(i) + ", Mail::SPF " + perl.get(i);
        alone.add(cases.get(i) + " '" + policies.get(i) + "': ours " + our + others);
      }
    }
    System.out.println(
        "pyspf and Mail::SPF agree on "
            + all
            + " of "
            + POLICIES
            + " odd policies, one of them on"
            + " the others");
    assertThat(alone).isEmpty();
    assertThat(ours).contains("none", "neutral", "pass", "fail", "softfail", "permerror");
  }

  private String check(String client, String localPart, String domain) {
    SpfIdentity identity =
        new SpfIdentity(
            InetAddress.ofLiteral(client), localPart, domain, "host.example.org", "mx.example");
    return new SpfCheck(Duration.ofSeconds(20), FixedClock.at("2026-11-23T12:00:00Z"))
        .check(dns, identity)
        .result()
        .word();
  }

  private String policy() {
    String name = pick(NAMES);
    boolean modifier = name.equals("redirect") || name.equals("exp") || name.startsWith("x");
    String between = one(4) ? pick(BETWEEN) : modifier ? "=" : ":";
    String sign = between.equals("=") && !one(5) ? "" : pick(SIGNS);
    return (one(6) ? pick(STARTS) : "v=spf1")
        + pick(SPACES)
        + sign
        + name
        + (one(4) ? "" : between + pick(VALUES))
        + pick(ENDS)
        + pick(SPACES)
        + pick(LAST);
  }

  private void publish() {
    address("host.example.org", "192.0.2.1");
    address("host.example.org", "2001:db8::1");
    address("only4.example.org", "192.0.2.200");
    address("only6.example.org", "2001:db8:1::2");
    address("alice.example.org", "127.0.0.2");
    address("x-y.example.org", "127.0.0.2");
    address("1.2.0.192.in-addr.list.example.org", "127.0.0.2");
    exchanger("host.example.org", "host.example.org");
    exchanger("d1.example.org", "only4.example.org");
    text("host.example.org", "v=spf1 a -all");
    text("d1.example.org", "v=spf1 ip4:192.0.2.200 ~all");
    text("d2.example.org", "v=spf1 redirect=d1.example.org");
    text("bad.example.org", "v=spf1 bad");
    text("two.example.org", "v=spf1 -all");
    text("two.example.org", "v=spf1 +all");
    dns.withReverse("192.0.2.1", "host.example.org");
    zone.add("PTR 1.2.0.192.in-addr.arpa host.example.org");
  }

  private void publish(String domain, String policy) {
    text(domain, policy);
    if (one(3)) {
      address(domain, "192.0.2.200");
    }
    if (one(3)) {
      exchanger(domain, "host.example.org");
    }
  }

  private void address(String name, String address) {
    dns.withAddress(name, address);
    zone.add((address.indexOf(':') < 0 ? "A " : "AAAA ") + name + " " + address);
  }

  private void text(String name, String text) {
    dns.withTxt(name, text);
    zone.add("TXT " + name + " " + text);
  }

  private void exchanger(String name, String host) {
    dns.withMx(name, 10, host);
    zone.add("MX " + name + " " + host);
  }

  private boolean one(int in) {
    return random.nextInt(in) == 0;
  }

  private String pick(String[] of) {
    return of[random.nextInt(of.length)];
  }
}
