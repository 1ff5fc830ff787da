package dev.postrider.plugin;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assertions.assertTimeout;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.Random;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

class MessageTest {

  private static final HeaderField TAG = HeaderField.of("X-Tag", "y");

  @Test
  void headerAndBodyAreToldApart() {
    Message message = message("A: 1\r\nB: 2\r\n folded\r\n\r\nC: body\r\n");
    assertThat(message.headers().fields()).extracting(HeaderField::name).containsExactly("A", "B");
    assertThat(message.headers().first("b").orElseThrow().value()).isEqualTo("2 folded");
    assertThat(message.bodyOffset()).isEqualTo("A: 1\r\nB: 2\r\n folded\r\n".length());
  }

  @Test
  void whatIsNoFieldBeginsTheBody() {
    assertThat(message("From alice Mon\r\nA: 1\r\n\r\n").headers().fields()).isEmpty();
    assertThat(message("A: 1\r\nno field\r\nB: 2\r\n").headers().fields()).hasSize(1);
    assertThat(message("A\u000b: 1\r\n").headers().fields()).isEmpty();
    assertThat(message("A\r: 1\r\n").headers().fields()).isEmpty();
    assertThat(message("").headers().fields()).isEmpty();
  }

  @Test
  void bareLineFeedsEndLinesToo() {
    assertThat(message("A: 1\nB: 2\n\nbody").headers().fields()).hasSize(2);
  }

  @Test
  void editingSharesTheBodyAndReadsTheSameFromEveryOffset() {
    Message message = message("A: 1\r\nB: 2\r\n\r\nbody\r\n");
    Message edited = message.withHeaders(h -> h.without("A").withFirst(TAG).withLast(TAG));
    String expected = "X-Tag: y\r\nB: 2\r\nX-Tag: y\r\n\r\nbody\r\n";
    assertThat(edited.size()).isEqualTo(expected.length());
    for (int offset = 0; offset <= expected.length(); offset++) {
      assertThat(octets(edited, offset)).isEqualTo(expected.substring(offset));
    }
    assertThat(edited.edited()).isTrue();
    assertThat(edited.source()).isSameAs(message.source());
  }

  @Test
  void anEditThatChangesNothingKeepsTheMessage() {
    Message message = message("A: 1\r\n\r\nbody");
    assertThat(message.withHeaders(h -> h.without("B"))).isSameAs(message);
  }

  @Test
  void aHeaderWithoutLineEndGetsOneWhenAFieldFollows() {
    assertThat(all(message("A: 1").withHeaders(h -> h.withLast(TAG))))
        .isEqualTo("A: 1\r\nX-Tag: y\r\n");
    assertThat(all(message("A: 1\r").withHeaders(h -> h.withLast(TAG))))
        .isEqualTo("A: 1\r\nX-Tag: y\r\n");
    assertThat(all(message("A: 1").withHeaders(h -> h.withFirst(TAG))))
        .isEqualTo("X-Tag: y\r\nA: 1");
    HeaderField open = HeaderField.received("X: open");
    assertThat(all(message("A: 1\r\n\r\nbody").withHeaders(h -> h.withFirst(open).withLast(open))))
        .isEqualTo("X: open\r\nA: 1\r\nX: open\r\n\r\nbody");
  }

  @Test
  void aFieldPutBeforeIndentedTextDoesNotSwallowIt() {
    assertThat(all(message(" indented\r\n").withHeaders(h -> h.withFirst(TAG))))
        .isEqualTo("X-Tag: y\r\n\r\n indented\r\n");
  }

  @Test
  void noOctetsMakeReadingFail() {
    Random random = new Random(11);
    String alphabet = "A:: \t\r\n\r\n\0\u000b\u00fcx\u001f\u0085";
    for (int i = 0; i < 20_000; i++) {
      StringBuilder text = new StringBuilder();
      for (int n = random.nextInt(40); n > 0; n--) {
        text.append(alphabet.charAt(random.nextInt(alphabet.length())));
      }
      Message message = message(text.toString());
      assertThat(all(message)).isEqualTo(text.toString());
      Message edited = message.withHeaders(h -> h.withFirst(TAG));
      assertThat(octets(edited, edited.size() - (message.size() - message.bodyOffset())))
          .isEqualTo(text.substring((int) message.bodyOffset()));
      assertThat(all(edited)).hasSize((int) edited.size());
      assertThat(reread(edited).headers().fields().getFirst()).isEqualTo(TAG);
    }
  }

  @Test
  void aFieldOfTenMegabytesIsReadOnlyUpToTheLimit() throws IOException {
    byte[] octets = ("A: 1\r\nB: " + "x".repeat(10 << 20) + "\r\n\r\nbody").getBytes(ISO_8859_1);
    Counting content = new Counting(Content.of(octets));
    Message message = Message.read(content);
    assertThat(content.octetsRead()).isLessThanOrEqualTo(272 * 1024);
    assertThat(message.headers().fields()).hasSize(1);
    Message edited = message.withHeaders(h -> h.withLast(TAG));
    assertThat(edited.size()).isEqualTo(octets.length + TAG.raw().length());
    assertThat(octets(edited, 6).substring(0, 20)).isEqualTo("X-Tag: y\r\nB: xxxxxxx");
  }

  @Test
  void aFieldIsNeverCutAtTheLimit() {
    for (int width : new int[] {1, 7, 61, 1021}) {
      String text = ("A: " + "x".repeat(width) + "\r\n b\r\n").repeat(400 * 1024 / (width + 9));
      Message message = message(text + "\r\nbody");
      assertThat(message.bodyOffset()).isBetween(250L * 1024, 256L * 1024);
      assertThat(text.substring((int) message.bodyOffset())).startsWith("A: x");
      assertThat(message.headers().fields()).allMatch(field -> field.raw().endsWith(" b\r\n"));
    }
  }

  @Test
  void aMillionFieldsAreReadUpToTheLimitAndEditedInLinearTime() {
    String text = "a:\r\n".repeat(1_000_000);
    assertTimeout(
        Duration.ofSeconds(5),
        () -> {
          Message message = message(text);
          assertThat(message.headers().fields()).hasSize(65_535);
          Message edited = message.withHeaders(h -> h.without("b").withLast(TAG));
          assertThat(edited.size()).isEqualTo(text.length() + TAG.raw().length());
          assertThat(edited.headers().count("A")).isEqualTo(65_535);
        });
  }

  @Test
  void aNewFieldOfTenMegabytesIsFoldedInLinearTime() {
    assertTimeout(
        Duration.ofSeconds(10),
        () -> {
          assertThat(HeaderField.of("X", "a ".repeat(5 << 20)).raw()).contains("\r\n a a");
          assertThat(HeaderField.of("X", " ".repeat(10 << 20)).raw()).doesNotContain("\r\n ");
          assertThat(HeaderField.of("X", "x".repeat(10 << 20)).raw()).doesNotContain("\r\n x");
        });
  }

  static Message message(String text) {
    return Message.of(text.getBytes(ISO_8859_1));
  }

  static Message reread(Message message) {
    return message(all(message));
  }

  static String all(Message message) {
    return octets(message, 0);
  }

  static String octets(Message message, long offset) {
    try (InputStream in = message.open(offset)) {
      return new String(in.readAllBytes(), ISO_8859_1);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Counts what is asked of the storage. */
  private record Counting(Content content, AtomicLong read) implements Content {

    Counting(Content content) {
      this(content, new AtomicLong());
    }

    long octetsRead() {
      return read.get();
    }

    @Override
    public long size() {
      return content.size();
    }

    @Override
    public InputStream open(long offset) throws IOException {
      InputStream in = content.open(offset);
      return new InputStream() {
        @Override
        public int read() throws IOException {
          read.incrementAndGet();
          return in.read();
        }

        @Override
        public int read(byte[] buffer, int at, int length) throws IOException {
          int got = in.read(buffer, at, length);
          read.addAndGet(Math.max(got, 0));
          return got;
        }
      };
    }
  }
}
