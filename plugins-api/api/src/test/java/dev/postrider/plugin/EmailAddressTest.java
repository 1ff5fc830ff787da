package dev.postrider.plugin;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class EmailAddressTest {

  static Stream<Arguments> addresses() {
    return Stream.of(
        address("bob@example.test", "bob", "example.test"),
        address("Bob@Example.TEST", "Bob", "example.test"),
        address("bob@example.test.", "bob", "example.test"),
        address("b@x", "b", "x"),
        address("a.b.c@x.test", "a.b.c", "x.test"),
        address("bob+tag@x.test", "bob+tag", "x.test"),
        address("!#$%&'*+-/=?^_`{|}~@x.test", "!#$%&'*+-/=?^_`{|}~", "x.test"),
        address("user%host@x.test", "user%host", "x.test"),
        address("host!user@x.test", "host!user", "x.test"),
        address("bob@sub_domain.x.test", "bob", "sub_domain.x.test"),
        address("bob@1-2.x.test", "bob", "1-2.x.test"),
        address("bob@123.test", "bob", "123.test"),
        address("\"bob\"@x.test", "bob", "x.test"),
        address("\"a b\"@x.test", "a b", "x.test"),
        address("\"a@b\"@x.test", "a@b", "x.test"),
        address("\"a\\\"b\"@x.test", "a\"b", "x.test"),
        address("\"a\\\\b\"@x.test", "a\\b", "x.test"),
        address("\"\\b\\o\\b\"@x.test", "bob", "x.test"),
        address("\".bob.\"@x.test", ".bob.", "x.test"),
        address("\"<script>\"@x.test", "<script>", "x.test"),
        address("\" \"@x.test", " ", "x.test"),
        address("müller@x.test", "müller", "x.test"),
        address("用户@x.test", "用户", "x.test"),
        address("😀@x.test", "😀", "x.test"),
        address("bob@müller.test", "bob", "xn--mller-kva.test"),
        address("bob@MÜLLER.test", "bob", "xn--mller-kva.test"),
        address("bob@xn--mller-kva.test", "bob", "xn--mller-kva.test"),
        address("bob@例え。テスト", "bob", "xn--r8jz45g.xn--zckzah"),
        address("bob@[192.0.2.1]", "bob", "[192.0.2.1]"),
        address("bob@[IPv6:2001:DB8::1]", "bob", "[ipv6:2001:db8::1]"),
        address("bob@[IPv6:::ffff:192.0.2.1]", "bob", "[ipv6:::ffff:192.0.2.1]"),
        address("x".repeat(64) + "@x.test", "x".repeat(64), "x.test"),
        address("bob@" + "a".repeat(63) + ".test", "bob", "a".repeat(63) + ".test"));
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("addresses")
  void isReadAndWrittenBackAsTheSameMailbox(String text, String localPart, String domain) {
    EmailAddress address = EmailAddress.parse(text);
    assertThat(address.localPart()).isEqualTo(localPart);
    assertThat(address.domain()).isEqualTo(domain);
    assertThat(EmailAddress.parse(address.toString())).isEqualTo(address);
  }

  @ParameterizedTest(name = "[{index}]")
  @ValueSource(
      strings = {
        "",
        "@",
        "bob",
        "bob@",
        "@x.test",
        "bob@@x.test",
        "bob@x..test",
        "bob@.x.test",
        "bob@x.test..",
        "bob@-x.test",
        "bob@x-.test",
        "bob@x test",
        "bob@x/test",
        "bob@x.test>",
        "<bob@x.test>",
        "bob @x.test",
        " bob@x.test",
        ".bob@x.test",
        "bob.@x.test",
        "b..b@x.test",
        "a b@x.test",
        "a,b@x.test",
        "a:b@x.test",
        "@a.test:bob@x.test",
        "@a.test,@b.test:bob@x.test",
        "\"bob@x.test",
        "bob\"@x.test",
        "\"\"@x.test",
        "\"a\"b\"@x.test",
        "\"a\\\"@x.test",
        "\"a\r\nRCPT TO:<b@x.test>\"@x.test",
        "bob\u0000@x.test",
        "bob\u0085@x.test",
        "\"a\u202eb\"@x.test",
        "bo\u200bb@x.test",
        "bo\ufeffb@x.test",
        "bob\u2028@x.test",
        "bo\ud83db@x.test",
        "bob@x\u0000.test",
        "bob@x\r\n.test",
        "bob@[]",
        "bob@[192.0.2]",
        "bob@[192.0.2.256]",
        "bob@[192.0.2.01]",
        "bob@[192.0.2.1",
        "bob@[2001:db8::1]",
        "bob@[IPv6:2001:db8]",
        "bob@[IPv6:fe80::1%eth0]",
        "bob@[x]",
        "bob@[192.0.2.1].test"
      })
  void isRefusedWhenItIsNoMailbox(String text) {
    assertThatThrownBy(() -> EmailAddress.parse(text))
        .isInstanceOf(IllegalArgumentException.class)
        .message()
        .doesNotContainPattern("\\p{Cntrl}");
    assertThat(EmailAddress.tryParse(text)).isEmpty();
  }

  @Test
  void lengthsAreLimitedInOctets() {
    assertThat(EmailAddress.tryParse("x".repeat(65) + "@x.test")).isEmpty();
    assertThat(EmailAddress.tryParse("ü".repeat(32) + "@x.test")).isPresent();
    assertThat(EmailAddress.tryParse("ü".repeat(33) + "@x.test")).isEmpty();
    assertThat(EmailAddress.tryParse("b@" + "a".repeat(64) + ".test")).isEmpty();
    assertThat(EmailAddress.tryParse("b@" + "a.".repeat(127) + "a")).isPresent();
    assertThat(EmailAddress.tryParse("b@" + "a.".repeat(128) + "a")).isEmpty();
  }

  @Test
  void foldingNeverMakesAnotherMailbox() {
    assertThat(EmailAddress.parse("BoB@X.test").folded())
        .isEqualTo(EmailAddress.parse("bob@x.test"));
    assertThat(EmailAddress.parse("MÜLLER@x.test").folded().localPart()).isEqualTo("müller");
    assertThat(EmailAddress.parse("joe\u212a@x.test").folded().localPart()).isEqualTo("joe\u212a");
    assertThat(EmailAddress.parse("adm\u0130n@x.test").folded().localPart())
        .isEqualTo("adm\u0130n");
  }

  @Test
  void foldingNeverMakesAnAddressTooLong() {
    EmailAddress longest = new EmailAddress("\u023a".repeat(32), "x.test");
    assertThat(longest.folded().folded()).isEqualTo(longest.folded());
  }

  @Test
  void aReadableDomainIsOnlyForShow() {
    EmailAddress address = EmailAddress.parse("bob@müller.test");
    assertThat(address.displayDomain()).isEqualTo("müller.test");
    assertThat(address.needsUtf8()).isFalse();
    assertThat(EmailAddress.parse("müller@x.test").needsUtf8()).isTrue();
  }

  private static Arguments address(String text, String localPart, String domain) {
    return Arguments.of(text, localPart, domain);
  }
}
