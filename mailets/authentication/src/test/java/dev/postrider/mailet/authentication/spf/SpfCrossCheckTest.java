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
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Ours against pyspf from Debian's packages, on policies made at random. */
class SpfCrossCheckTest {

  private static final int CASES = 400;
  private static final int DOMAINS = 40;
  private static final String[] CLIENTS = {
    "192.0.2.1", "192.0.2.200", "198.51.100.7", "203.0.113.77", "2001:db8::1", "2001:db8:1::2"
  };
  private static final String[] TERMS = {
    "a",
    "mx",
    "ptr",
    "a:host.example.org",
    "a/24",
    "a:host.example.org/28//64",
    "mx:d3.example.org",
    "mx/25",
    "ip4:192.0.2.0/25",
    "ip4:203.0.113.77",
    "ip6:2001:db8::/48",
    "ip6:2001:db8::1",
    "exists:%{ir}.list.example.org",
    "exists:%{l}.%{d2}",
    "exists:nothing.example.org",
    "include:d1.example.org",
    "include:d7.example.org",
    "include:d20.example.org",
    "ptr:example.org",
    "include:%{l1r-}.example.org",
    "a:%{h}",
    "exists:%{s}.x.example.org",
    "ip4:192.0.2.300",
    "a:nodot",
    "x-unknown=1",
    "exp=why.example.org",
    "mechanism",
    "ip4:198.51.100.0/24"
  };

  @TempDir Path folder;
  private final Random random = new Random(17);
  private final InMemoryDns dns = new InMemoryDns();
  private final List<String> zone = new ArrayList<>();

  private void address(String name, String address) {
    dns.withAddress(name, address);
    zone.add((address.indexOf(':') < 0 ? "A " : "AAAA ") + name + " " + address);
  }

  private void txt(String name, String text) {
    dns.withTxt(name, text);
    zone.add("TXT " + name + " " + text);
  }

  private void mx(String name, String host) {
    dns.withMx(name, 10, host);
    zone.add("MX " + name + " " + host);
  }

  private void reverse(String client, String host) {
    dns.withReverse(client, host);
    List<String> parts =
        Arrays.asList(
            ClientText.dotted(InetAddress.ofLiteral(client)).toLowerCase(Locale.ROOT).split("\\."));
    String arpa = client.indexOf(':') < 0 ? ".in-addr.arpa" : ".ip6.arpa";
    zone.add("PTR " + String.join(".", parts.reversed()) + arpa + " " + host);
  }

  private void publish() {
    address("host.example.org", "192.0.2.200");
    address("host.example.org", "2001:db8::1");
    address("mail.example.org", "192.0.2.1");
    address("1.2.0.192.list.example.org", "127.0.0.2");
    address("d1.example.org", "127.0.0.2");
    reverse("192.0.2.1", "mail.example.org");
    reverse("198.51.100.7", "liar.example.org");
    reverse("2001:db8::1", "host.example.org");
    for (int i = 0; i < DOMAINS; i++) {
      String name = "d" + i + ".example.org";
      address(name, CLIENTS[random.nextInt(CLIENTS.length)]);
      mx(name, random.nextBoolean() ? "mail.example.org" : "host.example.org");
      StringBuilder policy = new StringBuilder("v=spf1");
      for (int j = random.nextInt(4); j >= 0; j--) {
        String sign = new String[] {"", "-", "~", "?", "+"}[random.nextInt(5)];
        String term = TERMS[random.nextInt(TERMS.length)];
        policy.append(' ').append(term.indexOf('=') < 0 ? sign : "").append(term);
      }
      policy.append(
          new String[] {" -all", " ~all", "", " redirect=d5.example.org"}[random.nextInt(4)]);
      txt(name, policy.toString());
    }
  }

  @Test
  void pyspfAgrees() throws IOException, InterruptedException {
    assumeTrue(ForeignTool.PYSPF.isHere(folder), "pyspf is not here: python3-spf");
    publish();
    List<String> cases = new ArrayList<>();
    List<String> ours = new ArrayList<>();
    for (int i = 0; i < CASES; i++) {
      String client = CLIENTS[random.nextInt(CLIENTS.length)];
      String local = new String[] {"alice", "d1", "x-d7", "nobody"}[random.nextInt(4)];
      String domain = "d" + random.nextInt(DOMAINS + 2) + ".example.org";
      String helo = random.nextBoolean() ? "mail.example.org" : "host.example.org";
      cases.add(client + " " + local + "@" + domain + " " + helo);
      SpfIdentity identity =
          new SpfIdentity(InetAddress.ofLiteral(client), local, domain, helo, "mx.example");
      ours.add(
          new SpfCheck(Duration.ofSeconds(20), FixedClock.at("2026-11-23T12:00:00Z"))
              .check(dns, identity)
              .result()
              .word());
    }
    Files.write(folder.resolve("zone.txt"), zone, US_ASCII);
    Files.write(folder.resolve("cases.txt"), cases, US_ASCII);
    List<String> lines = ForeignTool.PYSPF.lines(folder, "check");
    assertThat(lines).hasSize(CASES);
    List<String> different = new ArrayList<>();
    int same = 0;
    for (int i = 0; i < CASES; i++) {
      same += lines.get(i).equals(ours.get(i)) ? 1 : 0;
      if (!lines.get(i).equals(ours.get(i)) && !isKnown(cases.get(i), lines.get(i))) {
        different.add(cases.get(i) + ": ours " + ours.get(i) + ", theirs " + lines.get(i));
      }
    }
    System.out.println(
        "pyspf agrees on " + same + " of " + CASES + " checks, the others differ as is known");
    assertThat(different).isEmpty();
  }

  // pyspf calls it an error where a policy includes itself, even behind a term that matches before;
  // and it counts a client without a name (ptr) among the lookups that find nothing, so that
  // whoever
  // sends could turn a fail into an error.
  private boolean isKnown(String asked, String theirs) {
    String domain = asked.substring(asked.indexOf('@') + 1, asked.lastIndexOf(' '));
    return theirs.equals("permerror")
        && zone.stream()
            .filter(line -> line.startsWith("TXT " + domain + " "))
            .anyMatch(line -> line.contains("ptr") || line.contains("include:%{l"));
  }
}
