package dev.postrider.benchmark.load;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.io.StringReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class WorkloadTest {

  private final ByteArrayOutputStream said = new ByteArrayOutputStream();
  private Sink sink;

  @BeforeEach
  void open() throws IOException {
    sink = new Sink();
  }

  @AfterEach
  void close() throws IOException {
    sink.close();
  }

  private Measurement run(String... words) throws IOException {
    List<String> all = new ArrayList<>(List.of(words));
    all.add("port=" + sink.address().getPort());
    BufferedReader in = new BufferedReader(new StringReader("go\n"));
    return new Workload(Job.of(all), in, new PrintStream(said, true, StandardCharsets.UTF_8)).run();
  }

  @Test
  void sendsAsManyMessagesOfThatSizeAndConnectsAgainWhenToldTo() throws IOException {
    Measurement measured = run("sessions=3", "messages=100", "size=4096", "per-connection=10");

    assertThat(measured.failures()).as(measured.firstFailure()).isZero();
    assertThat(measured.messages()).isEqualTo(100);
    assertThat(measured.percentile(0.5)).isPositive().isLessThanOrEqualTo(measured.percentile(1));
    assertThat(sink.messages).hasSize(100).allMatch(each -> each.length() == 4096);
  }

  @Test
  void aLongMessageHasItsSizeWithinABlock() throws IOException {
    run("messages=1", "size=1000000");

    assertThat(sink.messages.element().length()).isBetween(1_000_000, 1_066_000);
  }

  @Test
  void mailsOfAFolderComeFromItsClients(@TempDir Path folder) throws IOException {
    for (int client = 1; client <= 2; client++) {
      Path own = Files.createDirectory(folder.resolve("192.0.2." + client));
      for (int mail = 1; mail <= 2; mail++) {
        Files.writeString(
            own.resolve(mail + ".eml"),
            "a%d@d%d.test\r\nSubject: %d\r\n\r\n.dot\r\n".formatted(mail, client, mail));
      }
    }
    Measurement measured = run("messages=8", "per-connection=4", "mails=" + folder);

    assertThat(measured.failures()).as(measured.firstFailure()).isZero();
    assertThat(sink.commands)
        .containsSubsequence(
            "PROXY TCP4 192.0.2.2 127.0.0.1 40000 25",
            "MAIL FROM:<a1@d2.test>",
            "MAIL FROM:<a2@d2.test>",
            "MAIL FROM:<a1@d2.test>",
            "PROXY TCP4 192.0.2.1 127.0.0.1 40000 25",
            "MAIL FROM:<a1@d1.test>");
    assertThat(sink.messages).hasSize(8).startsWith("Subject: 1\r\n\r\n..dot\r\n");
  }

  @Test
  void holdsUntilItIsTold() throws IOException {
    run("protocol=idle", "sessions=5", "hold=true");

    assertThat(said.toString(StandardCharsets.UTF_8)).contains("\"ready\"");
  }
}
