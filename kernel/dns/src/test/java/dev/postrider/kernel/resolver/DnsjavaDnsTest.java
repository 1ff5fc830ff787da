package dev.postrider.kernel.resolver;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.postrider.plugin.service.Dns;
import dev.postrider.plugin.service.DnsAnswer;
import dev.postrider.plugin.service.MxRecord;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.xbill.DNS.Rcode;
import org.xbill.DNS.Type;

class DnsjavaDnsTest {

  private static final String SOA = "test. 60 IN SOA ns.test. admin.test. 1 2 3 4 30";

  private final AtomicLong nanos = new AtomicLong();
  private TinyDnsServer server;
  private DnsjavaDns dns;

  @BeforeEach
  void start() throws IOException {
    server = new TinyDnsServer();
    dns =
        new DnsjavaDns(
            new DnsSettings(List.of(server.address()), Duration.ofSeconds(4), 100), nanos::get);
  }

  @AfterEach
  void stop() throws IOException {
    dns.close();
    server.close();
  }

  private static InetSocketAddress at(String address, int port) {
    return new InetSocketAddress(InetAddress.ofLiteral(address), port);
  }

  private void pass(long seconds) {
    nanos.addAndGet(TimeUnit.SECONDS.toNanos(seconds));
  }

  @Test
  void mailExchangersComeInTheOrderOfTheAnswerAndLowerCase() {
    server.answer(
        "a.test", Type.MX, "a.test. 60 IN MX 20 B.mx.test.", "a.test. 60 IN MX 10 a.mx.test.");

    assertThat(dns.mx("A.test").records())
        .containsExactlyInAnyOrder(new MxRecord(20, "b.mx.test"), new MxRecord(10, "a.mx.test"));
  }

  @Test
  void aNullMxHasAnEmptyHost() {
    server.answer("a.test", Type.MX, "a.test. 60 IN MX 0 .");

    assertThat(dns.mx("a.test").records()).containsExactly(new MxRecord(0, ""));
  }

  @Test
  void addressesOfBothFamiliesAreFound() {
    server.answer("h.test", Type.A, "h.test. 60 IN A 192.0.2.1");
    server.answer("h.test", Type.AAAA, "h.test. 60 IN AAAA 2001:db8::1");

    assertThat(dns.addresses("h.test").records())
        .containsExactly(InetAddress.ofLiteral("192.0.2.1"), InetAddress.ofLiteral("2001:db8::1"));
  }

  @Test
  void aFailedFamilyDoesNotHideTheOther() {
    server.answer("h.test", Type.A, "h.test. 60 IN A 192.0.2.1");
    server.rcode("h.test", Type.AAAA, Rcode.SERVFAIL);

    assertThat(dns.addresses("h.test").records()).hasSize(1);
  }

  @Test
  void aFailedFamilyBesideNoDataIsAFailureAndNotAnAbsence() {
    server.rcode("h.test", Type.A, Rcode.NOERROR, SOA);
    server.rcode("h.test", Type.AAAA, Rcode.SERVFAIL);

    assertThat(dns.addresses("h.test")).isInstanceOf(DnsAnswer.Failed.class);
  }

  @Test
  void aliasesAreFollowedWithinAnAnswerAndAcrossAnswers() {
    server.answer(
        "www.test", Type.TXT, "www.test. 60 IN CNAME one.test.", "one.test. 60 IN CNAME two.test.");
    server.answer("two.test", Type.TXT, "two.test. 60 IN TXT \"v=spf1 \" \"-all\"");

    assertThat(dns.txt("www.test").records()).containsExactly("v=spf1 -all");
    assertThat(server.asked()).containsExactly("UDP TXT www.test", "UDP TXT two.test");
  }

  @Test
  void aLoopOfAliasesFails() {
    server.answer("x.test", Type.TXT, "x.test. 60 IN CNAME y.test.");
    server.answer("y.test", Type.TXT, "y.test. 60 IN CNAME x.test.");

    assertThat(dns.txt("x.test")).isInstanceOf(DnsAnswer.Failed.class);
    assertThat(server.asked().size()).isLessThan(20);
  }

  @Test
  void nxdomainIsNoSuchNameAndAnEmptyAnswerIsNoData() {
    server.rcode("gone.test", Type.MX, Rcode.NXDOMAIN, SOA);
    server.rcode("bare.test", Type.MX, Rcode.NOERROR, SOA);

    assertThat(dns.mx("gone.test")).isInstanceOf(DnsAnswer.NoSuchName.class);
    assertThat(dns.mx("bare.test")).isInstanceOf(DnsAnswer.NoData.class);
  }

  @Test
  void aServerFailureIsAFailureWithAReason() {
    server.rcode("bad.test", Type.MX, Rcode.SERVFAIL);

    assertThat(dns.mx("bad.test"))
        .isInstanceOfSatisfying(
            DnsAnswer.Failed.class, failed -> assertThat(failed.reason()).contains("bad.test"));
  }

  @Test
  void silenceIsAFailureWithinTheTimeout() throws IOException {
    server.silent("mute.test", Type.MX);
    long start = System.nanoTime();
    try (DnsjavaDns hasty =
        new DnsjavaDns(new DnsSettings(List.of(server.address()), Duration.ofMillis(400), 100))) {
      assertThat(hasty.mx("mute.test")).isInstanceOf(DnsAnswer.Failed.class);
    }
    assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(Duration.ofSeconds(3));
  }

  @Test
  void whoHasLessTimeWaitsLess() {
    server.silent("mute.test", Type.TXT);
    server.answer("loud.test", Type.TXT, "loud.test. 60 IN TXT yes");
    Dns hasty = dns.within(Duration.ofMillis(100)).within(Duration.ofSeconds(3));
    long start = System.nanoTime();

    assertThat(hasty.txt("mute.test")).isInstanceOf(DnsAnswer.Failed.class);
    assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(Duration.ofSeconds(2));
    assertThat(dns.within(Duration.ofMinutes(1)).txt("loud.test").records()).containsExactly("yes");
  }

  @Test
  void oneKindOfAddressIsOneQuestion() {
    server.answer("h.test", Type.A, "h.test. 60 IN A 192.0.2.1");
    server.answer("h.test", Type.AAAA, "h.test. 60 IN AAAA 2001:db8::1");

    assertThat(dns.ipv4("h.test").records()).containsExactly(InetAddress.ofLiteral("192.0.2.1"));
    assertThat(server.asked()).containsExactly("UDP A h.test");
    assertThat(dns.ipv6("h.test").records()).containsExactly(InetAddress.ofLiteral("2001:db8::1"));
    assertThat(dns.ipv4("localhost").records()).hasSize(1);
  }

  @Test
  void theNextResolverIsAskedWhereTheFirstIsSilent() throws IOException {
    server.answer("a.test", Type.MX, "a.test. 60 IN MX 10 mx.test.");
    try (TinyDnsServer mute = new TinyDnsServer()) {
      mute.silent("a.test", Type.MX);
      try (DnsjavaDns two =
          new DnsjavaDns(
              new DnsSettings(
                  List.of(mute.address(), server.address()), Duration.ofSeconds(2), 100))) {
        assertThat(two.mx("a.test").records()).hasSize(1);
      }
    }
  }

  @Test
  void aTruncatedAnswerIsFetchedByTcp() {
    server.answer(
        "big.test",
        Type.TXT,
        IntStream.range(0, 40)
            .mapToObj(i -> "big.test. 60 IN TXT \"" + "x".repeat(60) + i + "\"")
            .toArray(String[]::new));

    assertThat(dns.txt("big.test").records()).hasSize(40);
    assertThat(server.asked()).containsExactly("UDP TXT big.test", "TCP TXT big.test");
  }

  @Test
  void theAdBitMakesAnAnswerAuthenticated() {
    server.answerAuthenticated("s.test", Type.MX, "s.test. 60 IN MX 10 mx.test.");
    server.answer("p.test", Type.MX, "p.test. 60 IN MX 10 mx.test.");

    assertThat(dns.mx("s.test"))
        .isEqualTo(new DnsAnswer.Found<>(List.of(new MxRecord(10, "mx.test")), true));
    assertThat(dns.mx("p.test"))
        .isEqualTo(new DnsAnswer.Found<>(List.of(new MxRecord(10, "mx.test")), false));
  }

  @Test
  void anAnswerIsKeptForItsTtl() {
    server.answer("a.test", Type.MX, "a.test. 60 IN MX 10 mx.test.");

    dns.mx("a.test");
    pass(59);
    dns.mx("a.test");
    assertThat(server.asked()).hasSize(1);
    pass(2);
    dns.mx("a.test");
    assertThat(server.asked()).hasSize(2);
  }

  @Test
  void aNegativeAnswerIsKeptForTheMinimumOfTheZone() {
    server.rcode("gone.test", Type.MX, Rcode.NXDOMAIN, SOA);

    dns.mx("gone.test");
    pass(29);
    dns.mx("gone.test");
    assertThat(server.asked()).hasSize(1);
    pass(2);
    dns.mx("gone.test");
    assertThat(server.asked()).hasSize(2);
  }

  @Test
  void aFailureIsForgottenAfterSeconds() {
    server.rcode("bad.test", Type.MX, Rcode.SERVFAIL);
    dns.mx("bad.test");
    server.answer("bad.test", Type.MX, "bad.test. 60 IN MX 10 mx.test.");
    pass(4);

    assertThat(dns.mx("bad.test").records()).hasSize(1);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", ".", "a..test", "a\\.test", "☃..test"})
  void anInvalidNameAsksNobody(String name) {
    assertThat(dns.mx(name)).isInstanceOf(DnsAnswer.NoSuchName.class);
    assertThat(server.asked()).isEmpty();
  }

  @Test
  void aLabelBeyondItsLimitAsksNobody() {
    assertThat(dns.mx(String.join(".", Collections.nCopies(5, "x".repeat(64)))))
        .isInstanceOf(DnsAnswer.NoSuchName.class);
    assertThat(server.asked()).isEmpty();
  }

  @Test
  void anAddressHasNames() {
    server.answer("1.2.0.192.in-addr.arpa", Type.PTR, "1.2.0.192.in-addr.arpa. 60 IN PTR H.test.");

    assertThat(dns.reverse(InetAddress.ofLiteral("192.0.2.1")).records()).containsExactly("h.test");
  }

  @Test
  void serversAreReadFromText() {
    assertThat(DnsSettings.parseServers("127.0.0.1:5353, [::1]:54,192.0.2.1 ,2001:db8::1"))
        .containsExactly(
            at("127.0.0.1", 5353), at("::1", 54), at("192.0.2.1", 53), at("2001:db8::1", 53));
    assertThat(DnsSettings.parseServers("")).isEmpty();
    assertThatThrownBy(() -> DnsSettings.parseServers("127.0.0.1:99999"))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> DnsSettings.parseServers("resolver.example"))
        .hasMessageContaining("resolver.example");
  }
}
