package dev.postrider.mailet.authentication.dkim;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;

import dev.postrider.plugin.Content;
import dev.postrider.plugin.Message;
import java.io.ByteArrayOutputStream;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.OptionalLong;
import java.util.Random;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class BodyHashesTest {

  @ParameterizedTest
  @CsvSource(
      textBlock =
          """
          ' C \\r\\nD \\t E\\r\\n\\r\\n\\r\\n', ' C \\r\\nD \\t E\\r\\n', ' C\\r\\nD E\\r\\n'
          '',                                '\\r\\n',               ''
          '\\r\\n\\r\\n',                    '\\r\\n',               ''
          ' \\t\\r\\n',                      ' \\t\\r\\n',           ''
          'a',                               'a\\r\\n',              'a\\r\\n'
          'a\\rb\\nc\\r\\n',                 'a\\rb\\nc\\r\\n',      'a\\rb\\nc\\r\\n'
          'a \\r',                           'a \\r\\r\\n',          'a \\r\\r\\n'
          '\\r\\n\\r\\na \\r\\n',            '\\r\\n\\r\\na \\r\\n', '\\r\\n\\r\\na\\r\\n'
          """)
  void theFormsAreThoseOfTheStandardHoweverTheBodyIsCut(
      String body, String simple, String relaxed) {
    for (int piece = 1; piece < 9; piece++) {
      assertThat(canonical(Canonicalization.SIMPLE, octets(body), piece)).isEqualTo(text(simple));
      assertThat(canonical(Canonicalization.RELAXED, octets(body), piece)).isEqualTo(text(relaxed));
    }
  }

  @Test
  void oneReadingGivesTheHashesOfAllFormsAndLengths() throws IOException {
    Random random = new Random(7);
    StringBuilder body = new StringBuilder();
    while (body.length() < 50_000) {
      body.append(List.of("word", " ", "\t", "\r\n", "\r\n\r\n").get(random.nextInt(5)));
    }
    AtomicLong read = new AtomicLong();
    Message message = Message.read(counted("A: b\r\n\r\n" + body, read));
    read.set(0);
    List<BodyHashes.Demand> demands = new ArrayList<>();
    for (Canonicalization form : Canonicalization.values()) {
      for (SignatureAlgorithm algorithm : SignatureAlgorithm.values()) {
        demands.add(new BodyHashes.Demand(form, algorithm, OptionalLong.empty()));
        for (long length : new long[] {0, 1, 8191, 8192, 8193, 20_000, 60_000}) {
          demands.add(new BodyHashes.Demand(form, algorithm, OptionalLong.of(length)));
        }
      }
    }
    BodyHashes hashes = BodyHashes.of(message, demands);
    assertThat(read.get()).isEqualTo(body.length() + 2);
    for (BodyHashes.Demand each : demands) {
      byte[] all =
          canonical(each.form(), body.toString().getBytes(ISO_8859_1), 999).getBytes(ISO_8859_1);
      long length = each.length().orElse(all.length);
      if (length > all.length) {
        assertThat(hashes.get(each)).isEmpty();
      } else {
        byte[] part = Arrays.copyOf(all, (int) length);
        assertThat(hashes.get(each).orElseThrow())
            .as(each.toString())
            .isEqualTo(each.algorithm().newDigest().digest(part));
      }
    }
  }

  private static Content counted(String text, AtomicLong read) {
    Content content = Content.of(text.getBytes(ISO_8859_1));
    return new Content() {
      @Override
      public long size() {
        return content.size();
      }

      @Override
      public InputStream open(long offset) throws IOException {
        return new FilterInputStream(content.open(offset)) {
          @Override
          public int read(byte[] b, int off, int len) throws IOException {
            int n = super.read(b, off, len);
            read.addAndGet(Math.max(n, 0));
            return n;
          }
        };
      }
    };
  }

  private static String canonical(Canonicalization form, byte[] body, int piece) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    BodyCanonicalizer canonicalizer =
        new BodyCanonicalizer(form, (octets, length) -> out.write(octets, 0, length));
    for (int at = 0; at < body.length; at += piece) {
      int end = Math.min(body.length, at + piece);
      canonicalizer.update(Arrays.copyOfRange(body, at, end), end - at);
    }
    canonicalizer.finish();
    return out.toString(ISO_8859_1);
  }

  private static byte[] octets(String escaped) {
    return text(escaped).getBytes(ISO_8859_1);
  }

  private static String text(String escaped) {
    return escaped.translateEscapes();
  }
}
