package dev.postrider.plugin;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.InetAddress;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ValuesTest {

  @ParameterizedTest
  @CsvSource({
    "0,0,0",
    "1000,1000,1000",
    "1k,1024,1k",
    "1024,1024,1k",
    "25M,26214400,25m",
    "1gb,1073741824,1g",
    "1 kb,1024,1k",
    "5b,5,5",
    "1536,1536,1536",
    "3072m,3221225472,3g"
  })
  void sizesAreReadAndShown(String text, long octets, String shown) {
    assertThat(ByteSize.parse(text)).isEqualTo(new ByteSize(octets)).hasToString(shown);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"", "b", "k", "-1", "+1", "1.5m", "1t", "9223372036854775807g", "٣", "0x1"})
  void whatIsNoSizeIsRefused(String text) {
    assertThatThrownBy(() -> ByteSize.parse(text))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("not a size");
  }

  @ParameterizedTest
  @CsvSource({
    "192.0.2.0/24,192.0.2.255,true",
    "192.0.2.0/24,192.0.3.0,false",
    "192.0.2.77/24,192.0.2.1,true",
    "192.0.2.128/25,192.0.2.127,false",
    "192.0.2.128/25,192.0.2.128,true",
    "192.0.2.1,192.0.2.1,true",
    "192.0.2.1,192.0.2.2,false",
    "192.0.2.1/32,192.0.2.0,false",
    "0.0.0.0/0,203.0.113.9,true",
    "0.0.0.0/0,::1,false",
    "10.0.0.0/9,10.127.255.255,true",
    "10.0.0.0/9,10.128.0.0,false",
    "2001:db8::/32,2001:db8:ffff::1,true",
    "2001:db8::/32,2001:db9::1,false",
    "2001:db8::/33,2001:db8:8000::,false",
    "::1,::1,true",
    "::/0,2001:db8::1,true",
    "::/0,192.0.2.1,false",
    "fe80::/10,febf::1,true",
    "fe80::/10,fec0::1,false"
  })
  void networksHoldTheirAddresses(String network, String address, boolean inside) {
    assertThat(Network.parse(network).contains(InetAddress.ofLiteral(address))).isEqualTo(inside);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "10",
        "10/8",
        "10.1/16",
        "10.0.0.0/33",
        "10.0.0.0/-1",
        "10.0.0.0/+8",
        "10.0.0.0/",
        "10.0.0.0/8/8",
        "10.0.0.256",
        "010.0.0.1",
        "::/129",
        ":::1",
        "fe80::1%eth0",
        "[::1]",
        "localhost",
        "example.test/24",
        "2001:db8::/3x"
      })
  void whatIsNoNetworkIsRefusedWithoutLookingItUp(String text) {
    assertThatThrownBy(() -> Network.parse(text)).isInstanceOf(IllegalArgumentException.class);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "5",
        "5.1",
        "5.1.1.1",
        "3.1.1",
        "5.1.1000",
        "5.+1.1",
        "5.-1.1",
        "a.b.c",
        "5.1.٣"
      })
  void whatIsNoStatusIsRefused(String text) {
    assertThatThrownBy(() -> EnhancedStatus.parse(text))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void aReplyAgreesWithItselfAndIsOneLine() {
    assertThat(Status.permanent("5.1.1", "No such user")).hasToString("550 5.1.1 No such user");
    assertThat(Status.temporary("4.2.0", "Later").isTemporary()).isTrue();
    assertThatThrownBy(() -> Status.permanent("4.1.1", "x")).hasMessageContaining("4.1.1");
    assertThatThrownBy(() -> Status.temporary("4.0.0", "a\r\nb")).hasMessageContaining("control");
    assertThatThrownBy(() -> Status.temporary("4.0.0", "x".repeat(401)))
        .hasMessageContaining("400");
    assertThatThrownBy(() -> new Outcome.Refuse(new Status(250, new EnhancedStatus(2, 0, 0), "")))
        .hasMessageContaining("class 4 or 5");
  }

  @Test
  void aPasswordOnlyGoesOverTlsAndIsNeverShown() {
    Route.Credentials login = new Route.Credentials("user", "secret");
    Route.SmartHost route = new Route.SmartHost("h.test", 25, Optional.of(login), false);
    assertThat(route.requireTls()).isTrue();
    assertThat(route.toString()).doesNotContain("secret");
  }

  @Test
  void failureIsReportedUnlessTheSenderSaidOtherwise() {
    Recipient plain = Recipient.of(EmailAddress.parse("b@x.test"));
    assertThat(plain.wants(Notify.FAILURE)).isTrue();
    assertThat(plain.wants(Notify.SUCCESS)).isFalse();
    Recipient silent = new Recipient(plain.address(), Set.of(Notify.NEVER), Optional.empty());
    assertThat(silent.wants(Notify.FAILURE)).isFalse();
    assertThatThrownBy(
            () ->
                new Recipient(
                    plain.address(), Set.of(Notify.NEVER, Notify.DELAY), Optional.empty()))
        .hasMessageContaining("NEVER");
  }

  @ParameterizedTest
  @ValueSource(ints = {64, 300, 511, 1200, 20_000, 1_000_000})
  void aLongDomainOfAnyAlphabetIsRefusedAndNothingBreaks(int letters) {
    String label =
        IntStream.range(0, letters)
            .mapToObj(i -> "" + (char) (0x4e00 + i % 20_000))
            .collect(Collectors.joining());
    for (String domain :
        List.of(label, label + ".example", "a." + label, "\u4e00.".repeat(letters))) {
      assertThatThrownBy(() -> Domains.normalise(domain))
          .as(Text.shown(domain))
          .isInstanceOf(IllegalArgumentException.class);
    }
  }

  @Test
  void shownTextIsHarmless() {
    assertThat(Text.shown("a\u001b[31m\r\n\u202e\u2028\u2029\u0085b")).isEqualTo("a?[31m??????b");
    assertThat(Text.shown("x".repeat(1000))).hasSize(81);
  }
}
