package dev.postrider.mailet.authentication;

import static org.assertj.core.api.Assertions.assertThat;

import dev.postrider.mailet.authentication.arc.ChainVerifier;
import dev.postrider.mailet.authentication.dkim.DkimSignature;
import dev.postrider.mailet.authentication.dkim.DkimVerifier;
import dev.postrider.mailet.authentication.dkim.KeyRecord;
import dev.postrider.mailet.authentication.dkim.TagList;
import dev.postrider.mailet.authentication.dkim.VerifyPolicy;
import dev.postrider.plugin.HeaderField;
import dev.postrider.plugin.Message;
import dev.postrider.plugin.testkit.FixedClock;
import dev.postrider.plugin.testkit.Fuzz;
import dev.postrider.plugin.testkit.InMemoryDns;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Well-formed texts, changed at random: whatever comes is judged, nothing is thrown. */
class SignatureFuzzTest {

  private static final String KEY =
      "v=DKIM1; k=rsa; h=sha256; s=email; t=y:s; n=note; p="
          + "MIGfMA0GCSqGSIb3DQEBAQUAA4GNADCBiQKBgQDkHlOQoBTzWRiGs5V6NpP3idY6Wk08a5qhdR6wy5bdOKb2jLQi"
          + "Y/J16JYi0Qvx/byYzCNb3W91y3FutACDfzwQ/BC/e/8uBsCR+yz1Lxj+PL6lHvqMKrM3rG4hstT5QjvHO9Pzox"
          + "ZyVYLzBfO2EeC3Ip3G+2kryOTIKT+l/K4w3QIDAQAB";
  private static final String TAGS =
      " a=rsa-sha256; c=relaxed/simple; d=example.org; s=s; i=@example.org; t=1763899200;\r\n"
          + " x=1963899200; l=5; q=dns/txt; h=from:to:subject:from;\r\n"
          + " bh=47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU=; b=QUJDREVGR0hJSktMTU5PUFFSU1Q=;"
          + " v=1\r\n";
  private static final String ARC =
      "ARC-Seal: i=1; cv=none; a=rsa-sha256; d=example.org; s=s; b=QUJDRA==\r\n"
          + "ARC-Message-Signature: i=1; a=rsa-sha256; c=relaxed/relaxed; d=example.org; s=s;"
          + " h=from; bh=47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU=; b=QUJDRA==\r\n"
          + "ARC-Authentication-Results: i=1; example.org; spf=pass\r\n";
  private static final List<String> PIECES =
      List.of(
          ";",
          "=",
          ":",
          "\r\n ",
          " ",
          "\t",
          "b=",
          "=3D",
          "@",
          "..",
          "-",
          "99999999999",
          "\0",
          "\u00e9",
          "i=50;",
          "from:",
          "sha256",
          "rsa-sha1",
          "ed25519-sha256",
          "simple",
          "A".repeat(70));
  private static final FixedClock CLOCK = FixedClock.at("2026-11-23T12:00:00Z");
  private static final InMemoryDns DNS = new InMemoryDns().withTxt("s._domainkey.example.org", KEY);

  /** What reads hostile text. */
  enum Parser {
    TAG_LIST {
      @Override
      void read(Random random) {
        String text = changed(random, TAGS);
        TagList.parse(text).ifPresent(tags -> assertThat(tags.without("b")).isNotNull());
      }
    },
    KEY_RECORD {
      @Override
      void read(Random random) {
        assertThat(KeyRecord.read(changed(random, KEY))).isNotNull();
      }
    },
    SIGNATURE {
      @Override
      void read(Random random) {
        Message message = message("DKIM-Signature:" + changed(random, TAGS));
        for (HeaderField field : message.headers().all("DKIM-Signature").toList()) {
          assertThat(DkimSignature.read(field, VerifyPolicy.STANDARD, CLOCK.instant())).isNotNull();
        }
      }
    },
    SIGNED_MAIL {
      @Override
      void read(Random random) throws IOException {
        Message message = message(changed(random, "DKIM-Signature:" + TAGS + "To: x\r\n"));
        assertThat(new DkimVerifier(DNS, CLOCK, VerifyPolicy.STANDARD).verify(message))
            .hasSizeLessThan(12);
      }
    },
    CHAIN {
      @Override
      void read(Random random) throws IOException {
        Message message = message(changed(random, ARC + ARC.replace("i=1", "i=2")));
        assertThat(new ChainVerifier(DNS, CLOCK, VerifyPolicy.STANDARD).verify(message))
            .isNotNull();
      }
    };

    abstract void read(Random random) throws IOException;
  }

  @ParameterizedTest
  @EnumSource
  void nothingIsThrown(Parser parser) {
    Fuzz.of(parser.name(), parser::read).seeds(1, 4_000);
  }

  @ParameterizedTest
  @EnumSource
  @Tag("long")
  void nothingIsThrownForAMinute(Parser parser) {
    Fuzz.of(parser.name(), parser::read).seeds(System.nanoTime(), Duration.ofSeconds(60));
  }

  private static Message message(String header) {
    String text = header + "From: a@example.org\r\n\r\nbody\r\n";
    return Message.of(text.getBytes(StandardCharsets.ISO_8859_1));
  }

  private static String changed(Random random, String text) {
    return Fuzz.changed(random, text, PIECES);
  }
}
