package dev.postrider.mailet.filtering.clamav;

import static dev.postrider.plugin.testkit.MailBuilder.aMail;
import static dev.postrider.plugin.testkit.PluginAssertions.assertThatMailet;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.postrider.mailet.filtering.Treatment;
import dev.postrider.mailet.filtering.daemon.DaemonAddress;
import dev.postrider.plugin.Outcome;
import dev.postrider.plugin.testkit.LocalDaemon;
import dev.postrider.plugin.testkit.MailBuilder;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.Executors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** clamd of Debian's package clamav-daemon, with one signature of our own. */
@TestInstance(Lifecycle.PER_CLASS)
class RealClamdTest {

  private static final String CLAMD = "/usr/sbin/clamd";

  // In pieces, so that no scanner takes this file for the test virus.
  private static final String EICAR =
      String.join(
          "",
          "X5O!P%@AP[4",
          "\\PZX54(P^)7CC)7}",
          "$EICAR-STANDARD-",
          "ANTIVIRUS-TEST-FILE!",
          "$H+H*");

  @TempDir static Path folder;
  private Optional<LocalDaemon> clamd = Optional.empty();
  private int port;

  @BeforeAll
  void start() throws IOException {
    assumeTrue(LocalDaemon.isInstalled(CLAMD), "install Debian's package clamav-daemon");
    port = LocalDaemon.freePort();
    Files.createDirectory(folder.resolve("db"));
    String pattern = HexFormat.of().formatHex(EICAR.getBytes(StandardCharsets.US_ASCII));
    Files.writeString(folder.resolve("db/own.ndb"), "Own.Eicar:0:*:" + pattern + "\n");
    Path conf = LocalDaemon.put(RealClamdTest.class, "/clamd/clamd.conf", folder, port);
    clamd =
        Optional.of(
            LocalDaemon.start(
                folder,
                () -> Files.exists(folder.resolve("clamd.ctl")) && LocalDaemon.answers(port),
                List.of(CLAMD, "-c", conf.toString())));
  }

  @AfterAll
  void stop() {
    clamd.ifPresent(LocalDaemon::close);
  }

  private DaemonAddress address(String kind) {
    return kind.equals("unix")
        ? new DaemonAddress.Unix(folder.resolve("clamd.ctl"))
        : new DaemonAddress.Inet("127.0.0.1", port);
  }

  private static MailBuilder infected() {
    return aMail()
        .message(
            """
            Subject: look
            MIME-Version: 1.0
            Content-Type: application/octet-stream
            Content-Transfer-Encoding: base64

            %s
            """
                .formatted(
                    Base64.getEncoder().encodeToString(EICAR.getBytes(StandardCharsets.US_ASCII))));
  }

  @ParameterizedTest
  @ValueSource(strings = {"unix", "inet"})
  void itFindsTheTestVirusInOneMailAmongOthers(String kind) {
    ClamAv mailet = ClamAvs.standard().of(address(kind));
    for (int i = 0; i < 3; i++) {
      assertThatMailet(mailet).given(aMail()).continues().withAttribute("clamav.verdict", "clean");
      assertThatMailet(mailet)
          .given(infected())
          .refuses("550 5.7.1 the message holds Own.Eicar.UNOFFICIAL");
    }
  }

  @Test
  void largeMailsArriveWhole() {
    byte[] noise = new byte[500_000];
    new Random(7).nextBytes(noise);
    String body = Base64.getMimeEncoder().encodeToString(noise);
    ClamAv mailet = ClamAvs.standard().treating(Treatment.MARK, Treatment.MARK).of(address("unix"));
    assertThatMailet(mailet)
        .given(aMail().body(body))
        .continues()
        .withAttribute("clamav.verdict", "clean");
    assertThatMailet(mailet)
        .given(aMail().body(body + "\n" + EICAR + "\n"))
        .continues()
        .withAttribute("clamav.signature", "Own.Eicar.UNOFFICIAL");
  }

  @ParameterizedTest
  @ValueSource(strings = {"unix", "inet"})
  void whatIsTooLargeForClamdIsSaidByIt(String kind) {
    ClamAv mailet = ClamAvs.standard().of(address(kind));
    for (int i = 0; i < 5; i++) {
      assertThatMailet(mailet)
          .given(aMail().body("x".repeat(76).concat("\n").repeat(20_000)))
          .continues()
          .withAttribute("clamav.verdict", "too-large");
    }
    assertThatMailet(mailet).given(aMail()).continues().withAttribute("clamav.verdict", "clean");
  }

  @Test
  void manyAtOnce() throws Exception {
    ClamAv mailet = ClamAvs.standard().of(address("inet"));
    try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
      var all =
          IntStream.range(0, 40)
              .mapToObj(
                  i ->
                      threads.submit(
                          () -> mailet.process((i % 2 == 0 ? infected() : aMail()).build())))
              .toList();
      for (int i = 0; i < all.size(); i++) {
        assertThat(all.get(i).get())
            .isInstanceOf(i % 2 == 0 ? Outcome.Refuse.class : Outcome.Continue.class);
      }
    }
  }
}
