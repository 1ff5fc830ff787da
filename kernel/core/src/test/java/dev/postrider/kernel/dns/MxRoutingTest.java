package dev.postrider.kernel.dns;

import static org.assertj.core.api.Assertions.assertThat;

import dev.postrider.plugin.Route;
import dev.postrider.plugin.Status;
import dev.postrider.plugin.testkit.InMemoryDns;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class MxRoutingTest {

  private static final OwnHost OWN =
      OwnHost.of(
          "mx.example.test",
          List.of(new InetSocketAddress(InetAddress.ofLiteral("192.0.2.99"), 25)),
          List.of());

  private final InMemoryDns dns = new InMemoryDns();
  private final MxRouting routing = new MxRouting(dns, OWN, 25, false, new Random(1));

  private Routing direct(String domain) {
    return routing.route(new Route.Direct(), domain);
  }

  private static Route smartHost(String host) {
    return new Route.SmartHost(host, 2525, Optional.empty(), false);
  }

  private static List<String> targets(Routing routing) {
    assertThat(routing).isInstanceOf(Routing.Hosts.class);
    return ((Routing.Hosts) routing)
        .targets().stream()
            .map(
                each ->
                    each.host()
                        + " "
                        + each.address().getAddress().getHostAddress()
                        + ":"
                        + each.address().getPort())
            .toList();
  }

  private static Status refusal(Routing routing) {
    assertThat(routing).isInstanceOf(Routing.Nowhere.class);
    return ((Routing.Nowhere) routing).status();
  }

  @Test
  void exchangersAreTriedByPreferenceAndIpv4First() {
    dns.withMx("a.test", 20, "backup.test").withMx("a.test", 10, "main.test");
    dns.withAddress("main.test", "2001:db8::1", "192.0.2.1")
        .withAddress("backup.test", "192.0.2.2");

    assertThat(targets(direct("a.test")))
        .containsExactly(
            "main.test 192.0.2.1:25",
            "main.test 2001:db8:0:0:0:0:0:1:25",
            "backup.test 192.0.2.2:25");
  }

  @Test
  void exchangersOfTheSamePreferenceShareTheLoad() {
    for (String host : List.of("one.test", "two.test", "three.test")) {
      dns.withMx("a.test", 10, host).withAddress(host, "192.0.2.1");
    }
    Set<String> first = new HashSet<>();
    for (int i = 0; i < 50; i++) {
      first.add(targets(direct("a.test")).getFirst());
    }

    assertThat(first).hasSize(3);
  }

  @Test
  void aDomainWithoutExchangerIsItsOwn() {
    dns.withAddress("a.test", "192.0.2.1");

    assertThat(targets(direct("a.test"))).containsExactly("a.test 192.0.2.1:25");
  }

  @Test
  void anAliasIsFollowed() {
    dns.withAlias("a.test", "b.test").withMx("b.test", 10, "mx.b.test");
    dns.withAlias("mx.b.test", "host.test").withAddress("host.test", "192.0.2.1");

    assertThat(targets(direct("a.test"))).containsExactly("mx.b.test 192.0.2.1:25");
  }

  @Test
  void aNullMxTakesNoMail() {
    dns.withNullMx("a.test").withAddress("a.test", "192.0.2.1");

    assertThat(refusal(direct("a.test")).enhanced()).hasToString("5.1.10");
    assertThat(refusal(direct("a.test")).code()).isEqualTo(556);
  }

  @Test
  void aDomainThatDoesNotExistIsPermanent() {
    assertThat(refusal(direct("gone.test")).enhanced()).hasToString("5.1.2");
  }

  @Test
  void aNameServerThatDoesNotAnswerIsTemporary() {
    dns.failing("a.test", "SERVFAIL");

    assertThat(refusal(direct("a.test")).isTemporary()).isTrue();
  }

  @Test
  void anExchangerWhoseNameServerDoesNotAnswerIsTemporaryUnlessAnotherIsKnown() {
    dns.withMx("a.test", 10, "main.test").failing("main.test", "timeout");
    assertThat(refusal(direct("a.test")).isTemporary()).isTrue();

    dns.withMx("a.test", 20, "backup.test").withAddress("backup.test", "192.0.2.2");
    assertThat(targets(direct("a.test"))).containsExactly("backup.test 192.0.2.2:25");
  }

  @Test
  void exchangersWithoutAddressArePermanent() {
    dns.withMx("a.test", 10, "main.test").withName("bare.test");

    assertThat(refusal(direct("a.test")).enhanced()).hasToString("5.4.4");
    assertThat(refusal(direct("bare.test")).enhanced()).hasToString("5.4.4");
  }

  @Test
  void onlyExchangersBetterThanThisHostAreTried() {
    dns.withMx("a.test", 10, "main.test").withAddress("main.test", "192.0.2.1");
    dns.withMx("a.test", 20, "MX.example.test").withAddress("mx.example.test", "192.0.2.7");
    dns.withMx("a.test", 20, "equal.test").withAddress("equal.test", "192.0.2.3");
    dns.withMx("a.test", 30, "worse.test").withAddress("worse.test", "192.0.2.4");

    assertThat(targets(direct("a.test"))).containsExactly("main.test 192.0.2.1:25");
  }

  @Test
  void mailThatWouldComeBackIsRefused() {
    dns.withMx("name.test", 10, "mx.example.test").withAddress("mx.example.test", "192.0.2.7");
    dns.withMx("address.test", 10, "alias.test").withAddress("alias.test", "192.0.2.99");
    dns.withMx("address.test", 20, "worse.test").withAddress("worse.test", "192.0.2.4");

    assertThat(refusal(direct("name.test")).enhanced()).hasToString("5.4.6");
    assertThat(refusal(direct("address.test")).enhanced()).hasToString("5.4.6");
    assertThat(refusal(direct("[192.0.2.99]")).enhanced()).hasToString("5.4.6");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "127.0.0.1",
        "127.9.9.9",
        "0.0.0.0",
        "10.1.2.3",
        "172.16.0.1",
        "172.31.255.255",
        "192.168.1.1",
        "169.254.169.254",
        "100.64.0.1",
        "224.0.0.1",
        "255.255.255.255",
        "::1",
        "::",
        "fe80::1",
        "fc00::1",
        "fd12::1",
        "fec0::1",
        "ff02::1",
        "::ffff:127.0.0.1",
        "::127.0.0.1",
        "64:ff9b::7f00:1",
        "2002:7f00:1::",
        "2002:a00:1::1"
      })
  void anAddressThatIsNotPublicIsNotTried(String address) {
    dns.withMx("a.test", 10, "inside.test").withAddress("inside.test", address);

    assertThat(refusal(direct("a.test")).enhanced()).hasToString("5.4.4");
    assertThat(
            refusal(direct(address.contains(":") ? "[ipv6:" + address + "]" : "[" + address + "]"))
                .isPermanent())
        .isTrue();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "8.8.8.8",
        "172.32.0.1",
        "100.128.0.1",
        "2600::1",
        "64:ff9b::808:808",
        "2002:808:808::1"
      })
  void aPublicAddressIsTried(String address) {
    dns.withMx("a.test", 10, "outside.test").withAddress("outside.test", address);

    assertThat(targets(direct("a.test"))).hasSize(1);
  }

  @Test
  void privateAddressesAreTriedWhereThePolicyAllowsThem() {
    MxRouting open = new MxRouting(dns, OWN, 2525, true, new Random(1));
    dns.withMx("a.test", 10, "inside.test").withAddress("inside.test", "127.0.0.1");

    assertThat(targets(open.route(new Route.Direct(), "a.test")))
        .containsExactly("inside.test 127.0.0.1:2525");
  }

  @Test
  void anAddressLiteralIsItsOwnTarget() {
    assertThat(targets(direct("[192.0.2.1]"))).containsExactly("192.0.2.1 192.0.2.1:25");
    assertThat(targets(direct("[ipv6:2001:db8::1]")))
        .containsExactly("2001:db8:0:0:0:0:0:1 2001:db8:0:0:0:0:0:1:25");
    assertThat(refusal(direct("[x-tag:what]")).enhanced()).hasToString("5.1.3");
  }

  @Test
  void aSmartHostIsResolvedWithoutExchangersAndMayBePrivate() {
    dns.withMx("relay.test", 10, "other.test").withAddress("relay.test", "10.0.0.1");

    assertThat(targets(routing.route(smartHost("relay.test"), "relay.test:2525")))
        .containsExactly("relay.test 10.0.0.1:2525");
    assertThat(targets(routing.route(smartHost("127.0.0.1"), "127.0.0.1:2525")))
        .containsExactly("127.0.0.1 127.0.0.1:2525");
  }

  @Test
  void aSmartHostWithoutAddressIsWaitedFor() {
    assertThat(refusal(routing.route(smartHost("gone.test"), "gone.test:2525")).isTemporary())
        .isTrue();
  }

  @Test
  void tooManyExchangersAreNotAllLookedUp() {
    for (int i = 0; i < 200; i++) {
      dns.withMx("a.test", 10, "h" + i + ".test");
    }

    assertThat(refusal(direct("a.test")).isPermanent()).isTrue();
    assertThat(dns.queries()).hasSizeLessThanOrEqualTo(11);
  }

  @Test
  void aListenerOnEveryAddressIsThisHostOnItsPortOnly() {
    OwnHost everywhere =
        OwnHost.of(
            "mx.example.test",
            List.of(new InetSocketAddress(InetAddress.ofLiteral("0.0.0.0"), 2025)),
            List.of(InetAddress.ofLiteral("192.0.2.50")));

    assertThat(everywhere.listensAt())
        .accepts(
            new InetSocketAddress(InetAddress.ofLiteral("127.0.0.1"), 2025),
            new InetSocketAddress(InetAddress.ofLiteral("192.0.2.50"), 2025))
        .rejects(
            new InetSocketAddress(InetAddress.ofLiteral("127.0.0.1"), 25),
            new InetSocketAddress(InetAddress.ofLiteral("192.0.2.51"), 2025));
  }
}
