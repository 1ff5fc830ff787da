package dev.postrider.mailet.filtering.rspamd;

import static dev.postrider.plugin.testkit.MailBuilder.aMail;
import static dev.postrider.plugin.testkit.PluginAssertions.assertThatMailet;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.postrider.plugin.testkit.LocalDaemon;
import dev.postrider.plugin.testkit.MailAssert;
import dev.postrider.plugin.testkit.MailBuilder;
import dev.postrider.plugin.testkit.OutcomeAssert;
import java.io.IOException;
import java.net.http.HttpClient;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;
import org.junit.jupiter.api.io.TempDir;

/** rspamd of Debian's package, without redis, with one rule of our own. */
@TestInstance(Lifecycle.PER_CLASS)
class RealRspamdTest {

  private static final String RSPAMD = "/usr/bin/rspamd";
  private static final String TEST_PATTERN =
      "JS*C4JDBQADN1.NSBN3*2IDNEN*GTUBE-STANDARD-ANTI-UBE-TEST-EMAIL*C.34X\n";

  @TempDir static Path folder;
  private final HttpClient client = HttpClient.newHttpClient();
  private Optional<LocalDaemon> rspamd = Optional.empty();
  private int port;

  @BeforeAll
  void start() throws IOException {
    assumeTrue(LocalDaemon.isInstalled(RSPAMD), "install Debian's package rspamd");
    port = LocalDaemon.freePort();
    LocalDaemon.put(RealRspamdTest.class, "/rspamd/rules.lua", folder, port);
    LocalDaemon.put(RealRspamdTest.class, "/rspamd/tld", folder, port);
    Path conf = LocalDaemon.put(RealRspamdTest.class, "/rspamd/rspamd.conf", folder, port);
    rspamd =
        Optional.of(
            LocalDaemon.start(
                folder,
                () -> LocalDaemon.answers(port),
                List.of(RSPAMD, "--no-fork", "--insecure", "--config=" + conf)));
  }

  @AfterAll
  void stop() {
    rspamd.ifPresent(LocalDaemon::close);
    client.close();
  }

  private OutcomeAssert given(MailBuilder mail) {
    return assertThatMailet(
            Rspamds.standard().of(new JdkHttp(client), "http://127.0.0.1:" + port + "/"))
        .given(mail);
  }

  private MailAssert passed(MailBuilder mail) {
    return given(mail).continues();
  }

  @Test
  void ordinaryMailGoesOn() {
    passed(aMail()).withAttribute("rspamd.action", "no action").withoutHeader("X-Spam");
  }

  @Test
  void itsTestPatternsAreFollowed() {
    given(aMail().body("X" + TEST_PATTERN)).refuses("554 5.7.1 Gtube pattern");
    passed(aMail().body("Y" + TEST_PATTERN))
        .withAttribute("rspamd.action", "add header")
        .withHeader("X-Spam", "Yes");
    passed(aMail().subject("old").body("Z" + TEST_PATTERN))
        .withHeader("Subject", "*** SPAM *** old");
  }

  @Test
  void itsRulesAreFollowed() {
    passed(aMail().subject("spam"))
        .withAttribute("rspamd.score", "7")
        .withAttribute("rspamd.symbols", "OWN_RULE")
        .withHeader("X-Spam", "Yes");
    given(aMail().subject("later")).refuses("451 4.7.1 come again");
    passed(aMail().subject("rewrite")).withHeader("Subject", "[SPAM] rewrite");
  }

  @Test
  void itsChangesOfTheHeaderAreMade() {
    passed(aMail().subject("headers").header("X-Old", "gone"))
        .withHeader("X-New", "one")
        .withHeader("X-Last", "two")
        .withoutHeader("X-Old");
  }

  @Test
  void itIsToldWhoSends() {
    passed(aMail().id("q7").subject("who").to("bob@example.test"))
        .withHeader(
            "X-Who", "192.0.2.1 client.example.org - alice@example.org bob@example.test q7");
  }
}
