package dev.postrider.mailet.filtering.spamassassin;

import static dev.postrider.plugin.testkit.MailBuilder.aMail;
import static dev.postrider.plugin.testkit.PluginAssertions.assertThatMailet;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.postrider.mailet.filtering.Treatment;
import dev.postrider.mailet.filtering.daemon.DaemonAddress;
import dev.postrider.plugin.testkit.LocalDaemon;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;
import org.junit.jupiter.api.io.TempDir;

/** spamd of Debian's package spamd, with two rules of our own. */
@TestInstance(Lifecycle.PER_CLASS)
class RealSpamdTest {

  private static final String SPAMD = "/usr/sbin/spamd";
  private static final String GTUBE =
      "XJS*C4JDBQADN1.NSBN3*2IDNEN*GTUBE-STANDARD-ANTI-UBE-TEST-EMAIL*C.34X";

  @TempDir static Path folder;
  private Optional<LocalDaemon> spamd = Optional.empty();
  private DaemonAddress address = new DaemonAddress.Unix(Path.of("/nowhere"));

  @BeforeAll
  void start() throws IOException {
    assumeTrue(LocalDaemon.isInstalled(SPAMD), "install Debian's package spamd");
    // Started by root it reads them as nobody.
    Files.setPosixFilePermissions(folder, PosixFilePermissions.fromString("rwxr-xr-x"));
    Path socket = folder.resolve("spamd.sock");
    address = new DaemonAddress.Unix(socket);
    Path rules = Files.createDirectory(folder.resolve("rules"));
    LocalDaemon.put(RealSpamdTest.class, "/spamd/own.cf", rules, 0);
    LocalDaemon.put(RealSpamdTest.class, "/spamd/init.pre", rules, 0);
    Path site = Files.createDirectory(folder.resolve("site"));
    spamd =
        Optional.of(
            LocalDaemon.start(
                folder,
                () -> LocalDaemon.says(folder, "child states: I"),
                List.of(
                    SPAMD,
                    "--local",
                    "--nouser-config",
                    "--socketpath=" + socket,
                    "--configpath=" + rules,
                    "--siteconfigpath=" + site,
                    "--max-children=1",
                    "--syslog=stderr",
                    "--helper-home-dir=" + site)));
  }

  @AfterAll
  void stop() {
    spamd.ifPresent(LocalDaemon::close);
  }

  @Test
  void itScoresMails() {
    SpamAssassin mailet = SpamAssassins.standard().of(address);
    assertThatMailet(mailet)
        .given(aMail())
        .continues()
        .withAttribute("spamassassin.verdict", "ham")
        .withAttribute("spamassassin.symbols", "");
    assertThatMailet(mailet)
        .given(aMail().body("at the zebra-crossing"))
        .continues()
        .withAttribute("spamassassin.verdict", "ham")
        .withHeader("X-Spam-Status", "No, score=3.5 required=5 tests=OWN_WORD");
    assertThatMailet(mailet)
        .given(aMail().body("x".repeat(70).concat("\n").repeat(500) + GTUBE + "\nzebra-crossing"))
        .continues()
        .withAttribute("spamassassin.verdict", "spam")
        .withAttribute("spamassassin.score", "1003.5")
        .withAttribute("spamassassin.symbols", "GTUBE,OWN_WORD");
  }

  @Test
  void itsSpamIsRefused() {
    assertThatMailet(SpamAssassins.standard().treating(Treatment.MARK, "100").of(address))
        .given(aMail().body(GTUBE))
        .refuses("550 5.7.1 the message looks like spam");
  }
}
