package dev.postrider.mailet.spam.lists;

import static dev.postrider.plugin.testkit.MailBuilder.aMail;
import static dev.postrider.plugin.testkit.PluginAssertions.assertThatMailet;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.postrider.mailet.spam.score.Finding;
import dev.postrider.plugin.Mail;
import dev.postrider.plugin.testkit.FixedClock;
import dev.postrider.plugin.testkit.InMemoryDns;
import dev.postrider.plugin.testkit.MailBuilder;
import java.net.InetAddress;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ListsTest {

  private final InMemoryDns dns = new InMemoryDns();
  private final FixedClock clock = FixedClock.at("2026-11-23T12:00:00Z");

  @Test
  void theWeightOfAListDependsOnItsAnswer() {
    dns.withAddress("9.113.0.203.bl.example", "127.0.0.4", "127.0.0.11")
        .withAddress("9.113.0.203.wl.example", "127.0.5.1");
    assertThat(
            found(
                aMail().client("203.0.113.9"),
                "bl.example 127.0.0.2-127.0.0.9=4 127.0.0.11=1",
                "wl.example -2"))
        .containsExactly("dns-list=4", "dns-list=-2");
    assertThat(found(aMail().client("203.0.113.9"), "bl.example 127.0.0.2=4")).isEmpty();
    assertThat(found(aMail().client("203.0.113.10"), "bl.example 4")).isEmpty();
  }

  @Test
  void anIpv6AddressIsAskedForByItsNibbles() {
    assertThat(ListLookup.entry(InetAddress.ofLiteral("2001:db8::1")))
        .isEqualTo("1.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.8.b.d.0.1.0.0.2");
    dns.withAddress(
        ListLookup.entry(InetAddress.ofLiteral("2001:db8::1")) + ".bl.example", "127.0.0.2");
    assertThat(found(aMail().client("2001:db8::1"), "bl.example 3")).containsExactly("dns-list=3");
  }

  @Test
  void aListThatFailsOrLiesSaysNothing() {
    dns.failing("9.113.0.203.slow.example", "timeout")
        .withAddress("9.113.0.203.gone.example", "192.0.2.1")
        .withAddress("9.113.0.203.angry.example", "127.255.255.254");
    assertThat(
            found(
                aMail().client("203.0.113.9"),
                "slow.example 9",
                "gone.example 9",
                "angry.example 9"))
        .isEmpty();
  }

  @Test
  void privateAddressesAreNotAskedFor() {
    found(aMail().client("10.0.0.1"), "bl.example 3");
    found(aMail().client("::1"), "bl.example 3");
    assertThat(dns.queries()).isEmpty();
  }

  @Test
  void hostsOfLinksAreLookedUpByTheirDomain() {
    dns.withAddress("evil.test.uri.example", "127.0.0.2")
        .withAddress("7.2.0.192.uri.example", "127.0.0.2")
        .withAddress("good.test.uri.example", "127.0.0.2");
    assertThat(links("http://www.evil.test/a http://evil.test/b")).containsExactly("url-list=4");
    assertThat(links("http://192.0.2.7/")).containsExactly("url-list=4");
    assertThat(links("http://good.test/ http://other.test/")).isEmpty();
    StringBuilder many = new StringBuilder();
    for (int i = 0; i < 100; i++) {
      many.append("http://h").append(i).append(".test/ ");
    }
    int before = dns.queries().size();
    assertThat(links(many.toString())).isEmpty();
    assertThat(dns.queries().size() - before).isEqualTo(3);
  }

  @Test
  void theHarmlessLinksInFrontHideNoneForSure() {
    dns.withAddress("evil.test.uri.example", "127.0.0.2");
    String body = "http://a.test/ http://b.test/ http://c.test/ http://evil.test/";
    int found = 0;
    for (int i = 0; i < 64; i++) {
      found += links(aMail().id("m" + i).body(body)).size();
    }
    assertThat(found).isBetween(24, 63);
    assertThat(links(aMail().id("m1").body(body))).isEqualTo(links(aMail().id("m1").body(body)));
  }

  @Test
  void underTheCodeOfACountryTheDomainMayHaveThreeLabels() {
    dns.withAddress("evil.co.uk.uri.example", "127.0.0.2")
        .withAddress("bad.ly.uri.example", "127.0.0.2");
    assertThat(links("http://shop.evil.co.uk/")).containsExactly("url-list=4");
    assertThat(links("http://evil.co.uk/")).containsExactly("url-list=4");
    assertThat(links("http://www.bad.ly/")).containsExactly("url-list=4");
    assertThat(links("http://other.co.uk/ http://ly/")).isEmpty();
    assertThat(dns.queries()).noneMatch(query -> query.startsWith("A shop."));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "bl.example",
        "bl.example x",
        "bl.example 192.0.2.1=3",
        "a..b 3",
        "bl.example 127.0.0.2-x=1",
        ""
      })
  void whatIsNoListIsToldToTheAdmin(String text) {
    assertThatThrownBy(() -> ListedZone.parse(text)).isInstanceOf(IllegalArgumentException.class);
  }

  @ParameterizedTest
  @CsvSource({"0, PT3S", "-1, PT3S", "101, PT3S", "10, PT0S", "10, PT1H"})
  void numbersWithoutSenseAreToldToTheAdmin(int maxHosts, Duration deadline) {
    assertThatThrownBy(() -> urlList(maxHosts, deadline))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageMatching("maxHosts is 1 to 100, .*|deadline is a time like 3s, and 1m at most");
  }

  private UrlList urlList(int maxHosts, Duration deadline) {
    return new UrlList(
        dns,
        clock,
        List.of(ListedZone.parse("uri.example 4")),
        List.of("Good.test"),
        maxHosts,
        deadline);
  }

  private List<String> links(String body) {
    return links(aMail().body(body));
  }

  private List<String> links(MailBuilder mail) {
    UrlList mailet = urlList(3, Duration.ofSeconds(3));
    return findings(assertThatMailet(mailet).given(mail).continues().mail());
  }

  private List<String> found(MailBuilder mail, String... lists) {
    List<ListedZone> zones = List.of(lists).stream().map(ListedZone::parse).toList();
    DnsList mailet = new DnsList(dns, clock, zones, Duration.ofSeconds(3));
    return findings(assertThatMailet(mailet).given(mail).continues().mail());
  }

  private static List<String> findings(Mail mail) {
    return Finding.of(mail).stream().map(Finding::toString).toList();
  }
}
