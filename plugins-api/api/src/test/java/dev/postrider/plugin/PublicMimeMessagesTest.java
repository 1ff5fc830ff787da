package dev.postrider.plugin;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** The public MIME messages beside the sources, where they are. */
class PublicMimeMessagesTest {

  private static final HeaderField TAG = HeaderField.of("X-Tag", "y");

  @Test
  void everyMessageComesOutAsItWentIn() throws IOException {
    for (Path file : files()) {
      String text = new String(Files.readAllBytes(file), ISO_8859_1);
      Message message = MessageTest.message(text);
      int step = Math.max(1, text.length() / 97);
      for (int offset = 0; offset <= text.length(); offset += step) {
        assertThat(MessageTest.octets(message, offset).equals(text.substring(offset)))
            .as("%s from octet %d", file.getFileName(), offset)
            .isTrue();
      }
      assertThat(message.size()).isEqualTo(text.length());
    }
  }

  @Test
  void anEditedHeaderKeepsEveryOctetOfTheBody() throws IOException {
    for (Path file : files()) {
      String text = new String(Files.readAllBytes(file), ISO_8859_1);
      Message message = MessageTest.message(text);
      String body = text.substring((int) message.bodyOffset());
      Message edited = message.withHeaders(h -> h.withFirst(TAG).without("Subject").withLast(TAG));
      assertThat(MessageTest.all(edited)).as(file.toString()).startsWith(TAG.raw()).endsWith(body);
      assertThat(MessageTest.all(edited)).hasSize((int) edited.size());
      Message back = edited.withHeaders(message.headers());
      assertThat(back.headers()).isEqualTo(message.headers());
      assertThat(MessageTest.all(back).equals(text)).as(file.toString()).isTrue();
    }
  }

  @Test
  void everyHeaderValueCanBeDecoded() throws IOException {
    for (Path file : files()) {
      Message message = Message.of(Files.readAllBytes(file));
      assertThat(message.headers().fields())
          .as(file.toString())
          .allSatisfy(field -> assertThat(field.decodedValue()).doesNotContain("\n"));
    }
  }

  private static List<Path> files() throws IOException {
    Path folder = Path.of(System.getProperty("postrider.shared", ""), "testdata", "mime");
    assumeTrue(Files.isDirectory(folder), () -> "there are no public messages in " + folder);
    try (Stream<Path> walk = Files.walk(folder)) {
      List<Path> files = walk.filter(Files::isRegularFile).toList();
      assertThat(files).isNotEmpty();
      return files;
    }
  }
}
