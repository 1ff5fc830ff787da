package dev.postrider.mailet.filtering;

import static dev.postrider.plugin.testkit.MailBuilder.aMail;
import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;

import dev.postrider.mailet.filtering.clamav.ClamAv;
import dev.postrider.mailet.filtering.daemon.DaemonAddress;
import dev.postrider.mailet.filtering.daemon.Terms;
import dev.postrider.mailet.filtering.hook.HookUrl;
import dev.postrider.mailet.filtering.rspamd.Rspamd;
import dev.postrider.mailet.filtering.spamassassin.SpamAssassin;
import dev.postrider.plugin.ByteSize;
import dev.postrider.plugin.HeaderField;
import dev.postrider.plugin.Mail;
import dev.postrider.plugin.Mailet;
import dev.postrider.plugin.Outcome;
import dev.postrider.plugin.service.Elsewhere;
import dev.postrider.plugin.testkit.FixedClock;
import dev.postrider.plugin.testkit.Fuzz;
import dev.postrider.plugin.testkit.InMemoryDns;
import dev.postrider.plugin.testkit.RecordingLogger;
import dev.postrider.plugin.testkit.ScriptedHttp;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.function.Function;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Verdicts of which pieces are changed by chance: the mail is judged whole, or not at all. */
class EngineFuzzTest {

  private static final Mail MAIL = aMail().header("X-Spam", "forged").body("hello\n").build();
  private static final List<String> SEEDS =
      List.of(
          "clean",
          "found Some.Virus-1",
          "unable no memory",
          "7.5/5 RULE_A,RULE_B",
          "{\"action\":\"rewrite subject\",\"score\":7.25,\"required_score\":15.0,\"subject\":\"s\","
              + "\"symbols\":{\"A\":{\"score\":1.5}},\"messages\":{\"smtp_message\":\"m\"},\"milter\":"
              + "{\"remove_headers\":{\"Subject\":0,\"To\":-1},\"add_headers\":{\"X-A\":"
              + "{\"value\":\"v\\r\\n\\tw\",\"order\":1},\"X-B\":[\"1\",\"2\"]}}}",
          "{\"action\":\"reject\",\"messages\":{\"smtp_message\":\"not this\"}}");
  private static final String PIECES = "{}[]:,\"\\\r\n\t\0 /-.019eEu+äx\u001b\u202e\ud83d";

  private static Elsewhere answering(String text) {
    return new Elsewhere() {
      @Override
      public <T> T ask(
          String question, Source<T> source, Function<T, String> write, Function<String, T> read)
          throws IOException {
        return read.apply(text);
      }
    };
  }

  private static List<Mailet> mailets(String answer) {
    // Thousands of failures are expected here, and none of them is news.
    System.Logger log = new RecordingLogger();
    FixedClock clock = FixedClock.at("2026-11-23T12:00:00Z");
    DaemonAddress address = DaemonAddress.parse("inet:127.0.0.1:9");
    Terms terms = new Terms(Duration.ofSeconds(5), 1, 1, Duration.ofSeconds(5), OnFailure.OPEN);
    ByteSize size = ByteSize.parse("1m");
    Optional<HeaderName> header = Optional.of(HeaderName.parse("X-Spam"));
    Elsewhere elsewhere = answering(answer);
    InMemoryDns dns = new InMemoryDns();
    return List.of(
        new ClamAv(
            dns,
            elsewhere,
            clock,
            log,
            address,
            Duration.ofSeconds(1),
            size,
            Treatment.MARK,
            Treatment.MARK,
            header,
            terms),
        new SpamAssassin(
            dns,
            elsewhere,
            clock,
            log,
            address,
            Duration.ofSeconds(1),
            Optional.empty(),
            size,
            Optional.empty(),
            Treatment.MARK,
            Optional.empty(),
            header,
            terms),
        new Rspamd(
            new ScriptedHttp(),
            elsewhere,
            clock,
            log,
            HookUrl.parse("http://127.0.0.1:9"),
            Optional.empty(),
            size,
            Treatment.REFUSE,
            true,
            header.get(),
            terms));
  }

  private static String changed(Random random) {
    StringBuilder text = new StringBuilder(SEEDS.get(random.nextInt(SEEDS.size())));
    for (int i = random.nextInt(4); i >= 0 && !text.isEmpty(); i--) {
      int at = random.nextInt(text.length());
      switch (random.nextInt(4)) {
        case 0 -> text.setLength(at);
        case 1 -> text.deleteCharAt(at);
        case 2 -> text.insert(at, PIECES.charAt(random.nextInt(PIECES.length())));
        default -> text.insert(at, text.substring(at, Math.min(text.length(), at + 40)));
      }
    }
    return text.toString();
  }

  private static void judge(Random random) {
    String answer = changed(random);
    for (Mailet mailet : mailets(answer)) {
      Outcome outcome = mailet.process(MAIL);
      if (outcome instanceof Outcome.Continue(var after, var effects)) {
        assertThat(effects).isEmpty();
        assertThat(after.message().source()).isSameAs(MAIL.message().source());
        assertThat(after.message().headers().all("X-Spam").map(HeaderField::value))
            .doesNotContain("forged");
        String header = new String(after.message().headers().octets(), ISO_8859_1);
        assertThat(header.replace("\r\n", "")).doesNotContain("\r", "\n", "\0");
        assertThat(("\r\n" + header)).doesNotContain("\r\n\r\n");
      }
    }
  }

  @Test
  void whateverAnEngineSaysTheMailStaysAMail() {
    Fuzz.of("answers of engines", EngineFuzzTest::judge).seeds(0, 3_000);
  }

  @Test
  @Tag("long")
  void theSameForAMinute() {
    Fuzz.of("answers of engines", EngineFuzzTest::judge)
        .seeds(System.nanoTime(), Duration.ofSeconds(60));
  }
}
