package dev.postrider.mailet.authentication.sender;

import static dev.postrider.plugin.testkit.MailBuilder.aMail;
import static dev.postrider.plugin.testkit.PluginAssertions.assertThatMailet;
import static org.assertj.core.api.Assertions.assertThat;

import dev.postrider.plugin.EmailAddress;
import dev.postrider.plugin.Mail;
import dev.postrider.plugin.Message;
import dev.postrider.plugin.testkit.Cost;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Forms with which programs were made to check another author than they show (the server cases of
 * espoofer and others).
 */
class FromCheckTest {

  private final FromCheck check = new FromCheck(true, true);

  private static Mail mail(String header) {
    byte[] octets = (header + "\r\n\r\nHello.\r\n").getBytes(StandardCharsets.ISO_8859_1);
    return aMail().message(Message.of(octets)).build();
  }

  static Stream<Arguments> evasions() {
    return Stream.of(
        Arguments.of("several fields", "From: <any@attack.example>\r\nFrom: <a@legit.example>"),
        Arguments.of("in other case", "from: <any@attack.example>\r\nFROM: <a@legit.example>"),
        Arguments.of(
            "space after the name", "From : <a@legit.example>\r\nFrom: <x@attack.example>"),
        Arguments.of(
            "space before the first", " From: <a@legit.example>\r\nFrom: <x@attack.example>"),
        Arguments.of(
            "tab before the first", "\tFrom: <a@legit.example>\r\nFrom: <x@attack.example>"),
        Arguments.of("folded name", "From: <x@attack.example>\r\nFrom\r\n : <a@legit.example>"),
        Arguments.of("folded name alone", "From\r\n : <a@legit.example>"),
        Arguments.of(
            "behind a broken line", "From: <x@attack.example>\r\nbroken\r\nFrom: <a@b.example>"),
        Arguments.of("several addresses", "From: <any@attack.example>, <a@legit.example>"),
        Arguments.of("several in other order", "From: a@legit.example, any@attack.example"),
        Arguments.of("group", "From: group: <a@legit.example>;"),
        Arguments.of("empty group", "From: undisclosed-recipients:;"),
        Arguments.of("empty", "From:"),
        Arguments.of("empty brackets", "From: Legit <>"),
        Arguments.of("no domain", "From: Legit <legit>"),
        Arguments.of("none", "Subject: hello"),
        Arguments.of("only Sender", "Sender: <a@legit.example>"),
        Arguments.of("only Resent-From", "Resent-From: <a@legit.example>"),
        Arguments.of("encoded address", "From: =?utf-8?b?PGFAbGVnaXQuZXhhbXBsZT4=?="),
        Arguments.of("encoded in brackets", "From: <=?utf-8?b?YUBsZWdpdC5leGFtcGxl?=>"),
        Arguments.of("encoded local part", "From: <=?utf-8?q?a?=@legit.example>"),
        Arguments.of("route", "From: <@attack.example,@any.example:a@legit.example>"),
        Arguments.of("quoted pair", "From: <any@attack.example>\\,<a@legit.example>"),
        Arguments.of("text after the address", "From: <any@attack.example>a@legit.example"),
        Arguments.of("two in brackets", "From: <any@attack.example> <a@legit.example>"),
        Arguments.of("brackets in brackets", "From: <<any@attack.example>a@legit.example>"),
        Arguments.of("NUL", "From: <a@legit.example\0.attack.example>"),
        Arguments.of("8-bit in the domain", "From: <a@leg\u00edt.example>"),
        Arguments.of("8-bit in the local part", "From: <\u00e1@legit.example>"),
        Arguments.of("open comment", "From: a@legit.example (x <any@attack.example>"),
        Arguments.of("open quote", "From: \"a@legit.example <any@attack.example>"),
        Arguments.of("quote in the domain", "From: <any@legit.example'@a.attack.example\">"),
        Arguments.of("parenthesis in the domain", "From: <any@legit.example(.attack.example>"),
        Arguments.of("space in the address", "From: <a@legit.example any@attack.example>"),
        Arguments.of("semicolons", "From: a@legit.example; any@attack.example"),
        Arguments.of("a name with a comma, no brackets", "From: Foo, a@legit.example"),
        Arguments.of(
            "two behind a name with a comma", "From: Foo, Inc. <x@a.example>, <a@legit.example>"),
        Arguments.of("text behind", "From: <x@attack.example>, Inc."),
        Arguments.of("address as a name", "From: a@legit.example, Inc. <x@attack.example>"),
        Arguments.of("address in a name", "From: Foo, a@legit.example <x@attack.example>"),
        Arguments.of("quoted address", "From: \"a@legit.example\", Inc. <x@attack.example>"),
        Arguments.of("address in a comment", "From: (a@legit.example), Inc. <x@attack.example>"),
        Arguments.of(
            "encoded address in a name",
            "From: =?utf-8?q?a=40legit.example?=, Inc. <x@attack.example>"),
        Arguments.of("an empty one before", "From: , <a@legit.example>"),
        Arguments.of("an empty one between", "From: Foo,, Inc. <a@legit.example>"),
        Arguments.of("a group with a comma", "From: Foo, Inc: <a@legit.example>;"));
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("evasions")
  void whatProgramsReadInTwoWaysIsRefused(String name, String header) {
    assertThatMailet(check).given(mail(header)).refuses("550 5.6.0 The author is not beyond doubt");
    assertThat(Author.of(mail(header)).certain()).as(name).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "From: a@legit.example",
        "from:a@legit.example",
        "From: <a@LEGIT.example>",
        "From: Legit Person <a@legit.example>",
        "From: \"Person, Legit\" <a@legit.example>",
        "From: =?utf-8?q?Legit=2C_Person?= <a@legit.example>",
        "From: L\u00e9git <a@legit.example>",
        "From: Foo, Inc. <a@legit.example>",
        "From: Person, Legit, Ph.D. <a@legit.example>",
        "From: =?utf-8?q?L=C3=A9git?=, Inc. <a@legit.example>",
        "From: \"Legit\" Person, Inc. (the shop) <a@legit.example>",
        "From: Foo,\r\n Inc.\r\n <a@legit.example> (shop)",
        "From: (a comment, with \\) <x@y.example>) a@legit.example (another)",
        "From: Legit\r\n <a@legit.example>",
        "From: other@display.example <a@legit.example>",
        "From: \"a\"@legit.example",
        "From: a@legit.example\r\nSender: <x@attack.example>\r\nResent-From: <y@attack.example>",
        "From: a@legit.example\r\nFrom-Line: x\r\nX-From: <y@attack.example>"
      })
  void whatAllReadAlikeGoesOn(String header) {
    assertThatMailet(check).given(mail(header)).continuesUnchanged();
    assertThat(Author.of(mail(header)).certain()).contains(EmailAddress.parse("a@legit.example"));
  }

  @Test
  void foreignLettersAreFineWhereTheyWereAnnounced() {
    Mail mail =
        aMail().smtpUtf8().bareHeader().rawHeader("From: <\u00c3\u00a1@legit.example>\r\n").build();
    assertThat(Author.of(mail).certain()).contains(EmailAddress.parse("\u00e1@legit.example"));
  }

  @Test
  void theAdminCanLetItPass() {
    assertThatMailet(new FromCheck(false, true))
        .given(mail("From: a@b.example, c@d.example"))
        .continues()
        .withAttribute(
            "authentication.results",
            "x-from=fail reason=\"the From field names several authors\"");
    assertThatMailet(new FromCheck(false, true)).given(mail("Subject: x")).refuses("550");
    assertThatMailet(new FromCheck(true, false)).given(mail("Subject: x")).continues();
  }

  @Test
  void hugeFieldsCostLinearTime() {
    for (String part :
        new String[] {
          "a@b.example, ", "(", "\"", "<", "\\", "a@", ":", "a, ", "=?utf-8?q?a?=, ", ","
        }) {
      Mail huge = mail("From: " + part.repeat(240_000 / part.length()));
      Cost cost = Cost.of(() -> assertThat(Author.of(huge).certain()).isEmpty());
      System.out.println(
          "From of 240 KB of " + part + ": " + cost.within(Duration.ofSeconds(1), 64 << 20));
    }
    Mail hidden = mail("broken\r\n" + "From \r\n".repeat(100_000) + "x: y");
    Cost cost = Cost.of(() -> assertThat(Author.of(hidden)).isInstanceOf(Author.Missing.class));
    System.out.println(
        "From fields in 700 KB behind the header: " + cost.within(Duration.ofSeconds(1), 64 << 20));
  }
}
