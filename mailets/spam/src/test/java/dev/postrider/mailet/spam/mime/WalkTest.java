package dev.postrider.mailet.spam.mime;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.postrider.plugin.Message;
import dev.postrider.plugin.testkit.Cost;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class WalkTest {

  private static final int MANY = 1 << 20;

  @Test
  void aMessageWithoutMimeIsOnePart() throws IOException {
    assertThat(texts("Subject: x\r\n\r\nHello\r\nworld\r\n")).containsExactly("Hello\r\nworld\r\n");
  }

  @Test
  void partsComeInTheirOrderDecoded() throws IOException {
    String message =
        """
        Content-Type: multipart/mixed; boundary="a b"

        preamble
        --a b
        Content-Type: multipart/alternative; boundary=inner

        --inner
        Content-Type: text/plain; charset=utf-8
        Content-Transfer-Encoding: quoted-printable

        Gr=C3=BC=
        =C3=9Fe =zz
        --inner
        Content-Type: text/html; charset=iso-8859-1
        Content-Transfer-Encoding: base64

        PGI+R3L8/zwvYj4=
        --inner--
        epilogue
        --a b
        Content-Type: application/pdf; name="=?utf-8?q?r=C3=A9sum=C3=A9?="
        Content-Disposition: attachment; filename*0*=utf-8'en'b%C3%A4; filename*1="r.pdf"

        %PDF
        --a b--
        """
            .replace("\n", "\r\n");
    Walk.Found found = walk(message, Limits.defaults());
    assertThat(found.beyond()).isEmpty();
    assertThat(found.parts())
        .extracting(Part::type)
        .containsExactly("text/plain", "text/html", "application/pdf");
    assertThat(found.parts()).extracting(Part::isShown).containsExactly(true, true, false);
    assertThat(found.parts()).extracting(Part::depth).containsExactly(2, 2, 1);
    assertThat(found.parts())
        .extracting(part -> part.text(MANY))
        .containsExactly("Grüße =zz", "<b>Grüÿ</b>", "%PDF");
    assertThat(found.parts().getLast().fileName()).isEqualTo("bär.pdf");
  }

  @Test
  void aForwardedMessageIsLookedInto() throws IOException {
    String message =
        "Content-Type: multipart/mixed; boundary=x\n\n--x\nContent-Type: message/rfc822\n\n"
            + "Subject: inner\nContent-Type: text/html\n\n<p>hi\n--x--\n";
    assertThat(texts(message)).containsExactly("<p>hi");
    assertThat(texts("Content-Type: message/rfc822\n\nSubject: s\n\nbody")).containsExactly("body");
  }

  @ParameterizedTest
  @CsvSource({"--outer-inner, 1", "--oute, 1", "--outer--x, 1", "--outer  , 2", "'--outer-- ', 1"})
  void onlyAWholeLineIsADelimiter(String line, int parts) throws IOException {
    String message =
        "Content-Type: multipart/mixed; boundary=outer\n\n--outer\n\none\n" + line + "\n\ntwo";
    assertThat(walk(message, Limits.defaults()).parts()).hasSize(parts);
  }

  @Test
  void tenThousandLevelsEndAtTheLimit() throws IOException {
    StringBuilder text = new StringBuilder("Content-Type: multipart/mixed; boundary=b0\n\n");
    for (int i = 0; i < 10_000; i++) {
      text.append("--b")
          .append(i)
          .append("\nContent-Type: multipart/mixed; boundary=b")
          .append(i + 1)
          .append("\n\n");
    }
    Walk.Found found = bomb("10,000 levels of multipart", text + "deep");
    assertThat(found.beyond()).contains(Walk.Beyond.DEPTH);
    assertThat(found.parts()).hasSize(1);
    String messages = "Content-Type: message/rfc822\n\n".repeat(10_000) + "\n\ndeep";
    assertThat(bomb("10,000 messages in each other", messages).beyond())
        .contains(Walk.Beyond.DEPTH);
  }

  @Test
  void aMillionPartsEndAtTheLimit() throws IOException {
    String text = "Content-Type: multipart/mixed; boundary=b\n\n" + "--b\n\n".repeat(1_000_000);
    Walk.Found found = bomb("a million parts", text);
    assertThat(found.parts()).hasSize(Limits.defaults().parts());
    assertThat(found.beyond()).contains(Walk.Beyond.PARTS, Walk.Beyond.OCTETS);
  }

  @Test
  void aMillionParametersEndAtTheLimit() {
    String many = "text/html" + "; a*0=b".repeat(1_000_000);
    assertThat(ContentField.parse(many).parameters()).hasSizeLessThanOrEqualTo(ContentField.MOST);
    System.out.println(
        "MIME, a million parameters: "
            + Cost.of(() -> ContentField.parse(many)).within(Duration.ofSeconds(1), 32 << 20));
    String sections =
        Stream.iterate(0, i -> i + 1)
            .limit(1000)
            .map(i -> "; filename*" + i + "=x")
            .reduce("attachment", String::concat);
    assertThat(ContentField.parse(sections).parameter("filename")).hasSizeLessThan(33);
  }

  @Test
  void aPartsHeaderOfTenMegabytesIsCutShort() throws IOException {
    String text = "Content-Type: multipart/mixed; boundary=b\n\n--b\n" + "X: y\n".repeat(2_000_000);
    assertThat(bomb("a part's header of 10 MB", text).parts()).hasSize(1);
  }

  private static Walk.Found bomb(String name, String text) throws IOException {
    Message message = Message.of(text.getBytes(ISO_8859_1));
    Cost cost = Cost.of(() -> Walk.of(message, Limits.defaults()));
    System.out.println("MIME, " + name + ": " + cost.within(Duration.ofSeconds(1), 32 << 20));
    return Walk.of(message, Limits.defaults());
  }

  @ParameterizedTest
  @CsvSource({"utf-8, é", "us-ascii, é", "no-such-charset, é", "'', é", "iso-8859-1, Ã©"})
  void theCharsetIsTheSendersOrWhatTheOctetsSay(String charset, String expected) {
    assertThat(Charsets.text("é".getBytes(UTF_8), charset)).isEqualTo(expected);
    assertThat(Charsets.text(new byte[] {(byte) 0xe9}, "us-ascii")).isEqualTo("é");
    assertThat(
            Charsets.text(
                "あ".getBytes(java.nio.charset.Charset.forName("ISO-2022-JP")), "iso-2022-jp"))
        .isEqualTo("あ");
  }

  @Test
  void everyPublicMessageIsWalkedThrough() throws IOException {
    Path folder = Path.of(System.getProperty("postrider.shared", ""), "testdata", "mime");
    assumeTrue(Files.isDirectory(folder), () -> "there are no public messages in " + folder);
    int parts = 0;
    try (Stream<Path> walk = Files.walk(folder)) {
      for (Path file : walk.filter(Files::isRegularFile).toList()) {
        for (Part part : Walk.of(Message.of(Files.readAllBytes(file)), Limits.defaults()).parts()) {
          parts += part.text(MANY).length() + part.fileName().length() >= 0 ? 1 : 0;
        }
      }
    }
    System.out.println("public MIME messages: " + parts + " parts");
    assertThat(parts).isPositive();
  }

  private static List<String> texts(String message) throws IOException {
    return walk(message, Limits.defaults()).parts().stream().map(part -> part.text(MANY)).toList();
  }

  private static Walk.Found walk(String message, Limits limits) throws IOException {
    return Walk.of(Message.of(message.getBytes(ISO_8859_1)), limits);
  }
}
