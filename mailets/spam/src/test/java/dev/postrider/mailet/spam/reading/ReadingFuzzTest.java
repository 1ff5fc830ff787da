package dev.postrider.mailet.spam.reading;

import static org.assertj.core.api.Assertions.assertThat;

import dev.postrider.mailet.spam.classifier.Features;
import dev.postrider.mailet.spam.mime.Limits;
import dev.postrider.plugin.Message;
import dev.postrider.plugin.testkit.Fuzz;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Random;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Octets put together by chance out of what the readers know; a seed that fails is named. */
class ReadingFuzzTest {

  private static final String[] PIECES = {
    "\r\n",
    "\n",
    "\r\n\r\n",
    "--b",
    "--b--",
    "--c\r\n",
    "Content-Type: multipart/mixed; boundary=b",
    "Content-Type: multipart/alternative; boundary=\"c",
    "Content-Type: text/html; charset=",
    "Content-Type: message/rfc822\r\n\r\n",
    "Content-Transfer-Encoding: base64\r\n",
    "quoted-printable",
    "Content-Disposition: attachment; filename*0*=utf-8''%41; filename*1=b",
    "utf-16",
    "iso-2022-jp",
    "Subject: =?utf-8?q?=41?=",
    "<",
    ">",
    "</",
    "<!--",
    "-->",
    "<a href=",
    "<p style=\"display:none",
    "\"",
    "'",
    "&#x1F600;",
    "&#55296;",
    "&amp",
    "<script>",
    "</script",
    "http://",
    "www.",
    "@",
    ":",
    "%2e",
    "0x7f.1",
    "xn--",
    "[::1]",
    "=",
    "=\r\n",
    "=3D",
    "TVqQ",
    "\0",
    "\u00ff\u00fe",
    "\u00e2\u0080\u008b",
    " ",
    ";",
    "a",
    "1"
  };

  private static final Fuzz READERS = Fuzz.of("readers of mails", ReadingFuzzTest::read);

  @Test
  void everySeedIsRead() {
    READERS.seeds(0, 3_000);
  }

  @Tag("long")
  @Test
  void everySeedIsReadForAMinute() {
    READERS.seeds(System.nanoTime(), Duration.ofSeconds(60));
  }

  private static void read(Random random) throws IOException {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    for (int i = random.nextInt(400); i > 0; i--) {
      if (random.nextInt(12) == 0) {
        out.write(random.nextInt(256));
      } else {
        out.writeBytes(PIECES[random.nextInt(PIECES.length)].getBytes(StandardCharsets.ISO_8859_1));
      }
    }
    Limits limits = new Limits(4096, 3, 8, 512, 5);
    Reading reading = Reading.of(Message.of(out.toByteArray()), limits);
    Features features = Features.of(reading);
    assertThat(reading.text().length()).isLessThanOrEqualTo(limits.text() + limits.parts());
    assertThat(reading.urls().size()).isLessThanOrEqualTo(limits.urls());
    assertThat(reading.attachments().size()).isLessThanOrEqualTo(limits.parts());
    assertThat(features.size()).isLessThanOrEqualTo(Features.MOST);
  }
}
