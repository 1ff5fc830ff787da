package dev.postrider.mailet.spam.reading;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.postrider.mailet.spam.mime.Limits;
import dev.postrider.mailet.spam.mime.Walk;
import dev.postrider.plugin.Message;
import dev.postrider.plugin.testkit.Cost;
import java.io.IOException;
import java.time.Duration;
import java.util.Base64;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ReadingTest {

  @ParameterizedTest
  @CsvSource({
    "http://Example.ORG./a, example.org, ''",
    "https://user:x@example.org:8080/, example.org, 'PORT USER'",
    "http://www.bank.example@192.0.2.7/, 192.0.2.7, 'ADDRESS USER'",
    "http://3221226219/, 192.0.2.235, 'ADDRESS MASKED_ADDRESS'",
    "http://0xc0.0.02.7/, 192.0.2.7, 'ADDRESS MASKED_ADDRESS'",
    "http://ex%61mple.org/, example.org, ENCODED_HOST",
    "http://bücher.example/, xn--bcher-kva.example, INTERNATIONAL",
    "http://example。org/, example.org, ''",
    "'http:\\\\example.org\\x', example.org, ''",
    "www.example.org, www.example.org, ''"
  })
  void aLinkIsReadAsBrowsersDo(String raw, String host, String traits) {
    Url url = Url.parse(raw).orElseThrow();
    assertThat(url.host()).isEqualTo(host);
    assertThat(url.traits().stream().map(Enum::name).sorted().toList())
        .isEqualTo(traits.isEmpty() ? java.util.List.of() : java.util.List.of(traits.split(" ")));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "mailto:a@b.example",
        "http://",
        "javascript:x",
        "http://a b/",
        "http:///",
        "x",
        "http://localhost/"
      })
  void whatIsNoLinkIsNone(String raw) {
    assertThat(Url.parse(raw)).isEmpty();
  }

  @Test
  void aHostOfMoreLettersThanAnyHasIsNoLink() {
    StringBuilder letters = new StringBuilder();
    for (char c = '\u4e00'; letters.length() < 1500; c++) {
      letters.append(c);
    }
    assertThat(Url.parse("http://" + letters + ".example/")).isEmpty();
    assertThat(Url.parse("http://" + letters.substring(0, 300) + ".example/")).isEmpty();
  }

  @Test
  void aBrokenLinkStillIsOne() {
    assertThat(Url.parse("ht\ntp://exam\tple.org/").orElseThrow().host()).isEqualTo("example.org");
  }

  @Test
  void textIsInOneForm() {
    assertThat(Written.of("Ｆｒｅｅ ｍｏney ﬁne").text()).isEqualTo("Free money fine");
    assertThat(Written.of("V\u200bi\u00adag\u2060ra")).isEqualTo(new Written("Viagra", 3, 0));
    assertThat(Written.of("pаypаl и бank банк")).isEqualTo(new Written("paypal и бank банк", 0, 1));
    assertThat(Written.of("Привет мир")).isEqualTo(new Written("Привет мир", 0, 0));
  }

  @Test
  void marksOfTwoClassesInTurnDontTakeQuadraticTime() {
    String marks = "a" + "\u0301\u0323".repeat(1 << 17);
    assertThat(Written.of(marks).text()).hasSizeLessThan(10);
    System.out.println(
        "256 K marks on a letter: "
            + Cost.of(() -> Written.of(marks)).within(Duration.ofSeconds(1), 64 << 20));
  }

  @Test
  void aMessageIsReadAsItsRecipientSeesIt() throws IOException {
    Reading reading =
        read(
            """
            Subject: =?utf-8?q?Fr=E2=80=8Bee?= offer
            Content-Type: multipart/mixed; boundary=b

            --b
            Content-Type: text/plain

            See http://one.example/x, or www.two.example.
            --b
            Content-Type: text/html

            <a href="https://two.example/y">two</a><i style="display:none">secret</i>
            --b
            Content-Type: application/octet-stream; name="Bill.pdf .exe"

            MZ
            --b
            Content-Type: application/zip; name=a.zip
            Content-Transfer-Encoding: base64

            """
                + Base64.getEncoder().encodeToString(new byte[] {'P', 'K', 3, 4, 20, 0, 1, 0, 8, 0})
                + "\n--b--\n");
    assertThat(reading.subject()).isEqualTo("Free offer");
    assertThat(reading.invisible()).isOne();
    assertThat(reading.urls())
        .extracting(Url::host)
        .containsExactly("one.example", "www.two.example", "two.example");
    assertThat(reading.text()).contains("See http").contains("two").doesNotContain("secret");
    assertThat(reading.html().hidden()).isEqualTo(6);
    assertThat(reading.attachments())
        .extracting(Attachment::kind)
        .containsExactly(Attachment.Kind.DISGUISED_PROGRAM, Attachment.Kind.ENCRYPTED_ARCHIVE);
  }

  @Test
  void aHeaderOfTenMegabytesAndAHugeBodyStayWithinTheLimits() throws IOException {
    String header = "To: " + "a@example.org,\r\n ".repeat(600_000) + "\r\n";
    Message message =
        Message.of((header + "\r\n" + "word http://u.example/ ".repeat(500_000)).getBytes(UTF_8));
    System.out.println(
        "header and body of 21 MB, read for spam: "
            + Cost.of(() -> Reading.of(message, Limits.defaults()))
                .within(Duration.ofSeconds(1), 32 << 20));
    Reading reading = Reading.of(message, Limits.defaults());
    assertThat(reading.text()).hasSizeLessThanOrEqualTo(Limits.defaults().text() + 1);
    assertThat(reading.urls()).hasSizeLessThanOrEqualTo(Limits.defaults().urls());
    assertThat(reading.beyond()).contains(Walk.Beyond.OCTETS);
  }

  /** One of these becomes 18 letters in the one form that all text is read in. */
  @ParameterizedTest
  @ValueSource(
      strings = {
        "\ufdfa",
        "http://\ufdfa.example/ ",
        "http://a@",
        "=?utf-8?q?a?= ",
        "&#xfdfa;",
        "\ud835\udd38\u0301"
      })
  void whatGrowsWhenItIsReadStaysWithinTheLimits(String piece) throws IOException {
    String many = piece.repeat(2_000_000 / piece.length());
    for (String type : new String[] {"plain", "html"}) {
      byte[] octets =
          ("Subject: "
                  + many.substring(0, 100_000)
                  + "\nContent-Type: text/"
                  + type
                  + "; charset=utf-8\n\n"
                  + many)
              .getBytes(UTF_8);
      Message message = Message.of(octets);
      Cost cost =
          Cost.of(
              () ->
                  assertThat(Reading.of(message, Limits.defaults()).text())
                      .hasSizeLessThanOrEqualTo(Limits.defaults().text() + 1));
      System.out.println(
          "2 MB of "
              + piece
              + " as "
              + type
              + ", read for spam: "
              + cost.within(Duration.ofSeconds(1), 64 << 20));
    }
  }

  private static Reading read(String message) throws IOException {
    return Reading.of(Message.of(message.getBytes(UTF_8)), Limits.defaults());
  }
}
