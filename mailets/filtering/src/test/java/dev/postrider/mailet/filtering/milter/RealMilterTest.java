package dev.postrider.mailet.filtering.milter;

import static dev.postrider.plugin.testkit.MailBuilder.aMail;
import static dev.postrider.plugin.testkit.PluginAssertions.assertThatMailet;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.postrider.mailet.filtering.daemon.DaemonAddress;
import dev.postrider.plugin.Mail;
import dev.postrider.plugin.Outcome;
import dev.postrider.plugin.testkit.MailBuilder;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Objects;
import java.util.Optional;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;
import org.junit.jupiter.api.io.TempDir;

/** A milter on libmilter, of Debian's package python3-milter, over a socket in the file system. */
@TestInstance(Lifecycle.PER_CLASS)
class RealMilterTest {

  private static final String PYTHON = "/usr/bin/python3";

  @TempDir static Path folder;
  private Optional<Process> process = Optional.empty();
  private Milter milter = Milters.patient(new DaemonAddress.Unix(Path.of("/nowhere")));

  @BeforeAll
  void start() throws Exception {
    Assumptions.assumeTrue(
        Files.isExecutable(Path.of(PYTHON))
            && new ProcessBuilder(PYTHON, "-c", "import Milter").start().waitFor() == 0,
        "python3 without Milter; install Debian's package python3-milter");
    Path socket = folder.resolve("milter.sock");
    Path script = folder.resolve("small_milter.py");
    try (InputStream in = RealMilterTest.class.getResourceAsStream("/small_milter.py")) {
      Files.copy(Objects.requireNonNull(in), script);
    }
    Process started =
        new ProcessBuilder(PYTHON, script.toString(), "unix:" + socket)
            .redirectErrorStream(true)
            .redirectOutput(folder.resolve("milter.log").toFile())
            .start();
    process = Optional.of(started);
    await().atMost(Duration.ofSeconds(60)).until(() -> Files.exists(socket) || !started.isAlive());
    assertThat(socket).as(Files.readString(folder.resolve("milter.log"))).exists();
    milter = Milters.patient(new DaemonAddress.Unix(socket));
  }

  @AfterAll
  void stop() throws InterruptedException {
    if (process.isPresent()) {
      process.get().destroyForcibly().waitFor();
    }
  }

  private static String text(Mail mail) throws IOException {
    try (InputStream in = mail.message().open()) {
      return new String(in.readAllBytes(), StandardCharsets.ISO_8859_1);
    }
  }

  private Mail judged(MailBuilder mail) {
    Outcome outcome = milter.process(mail.build());
    assertThat(outcome).isInstanceOf(Outcome.Continue.class);
    return ((Outcome.Continue) outcome).mail();
  }

  @Test
  void itAddsHeadersToSeveralMails() throws IOException {
    for (int i = 0; i < 3; i++) {
      String body = "x".repeat(100_000 + i);
      assertThat(text(judged(aMail().id("id-" + i).message("Subject: hello\n\n" + body))))
          .isEqualTo(
              "X-Top: yes\r\nSubject: hello\r\nX-Body-Octets: %d\r\nX-Client: 192.0.2.1\r\nX-Queue-Id: id-%d\r\n\r\n%s"
                  .formatted(100_000 + i, i, body));
    }
  }

  @Test
  void itRewritesAllOfAMail() throws IOException {
    Mail mail = judged(aMail().message("Subject: rewrite\n\nold\n"));
    assertThat(text(mail))
        .startsWith("X-Top: yes\r\nSubject: rewritten\r\n")
        .endsWith("\r\n\r\nanother body\r\n");
    assertThat(mail.recipients())
        .extracting(Object::toString)
        .containsExactly("carol@example.test");
    assertThat(mail.sender()).hasToString("other@example.org");
  }

  @Test
  void itRefusesDiscardsAndQuarantines() {
    assertThatMailet(milter)
        .given(aMail().from("refused@example.org"))
        .refuses("550 5.7.1 not from");
    assertThatMailet(milter).given(aMail().to("nobody@example.test")).refuses("550 5.1.1 nobody");
    assertThatMailet(milter).given(aMail().subject("virus")).discards();
    Outcome held = milter.process(aMail().subject("quarantine").build());
    assertThat(held)
        .isInstanceOfSatisfying(
            Outcome.Hold.class, hold -> assertThat(hold.reason()).endsWith(": looks odd"));
  }

  @Test
  void itIsAskedInSessionsToo() {
    assertThatMailet(milter).given(aMail().atConnect()).continuesUnchanged();
    assertThatMailet(milter).given(aMail().from("refused@example.org").atSender()).refuses("550");
    assertThatMailet(milter).given(aMail().to("nobody@example.test").atRecipient()).refuses("550");
    assertThatMailet(milter).given(aMail().atRecipient()).continuesUnchanged();
  }
}
