package dev.postrider.mailet.authentication;

import static org.assertj.core.api.Assertions.assertThat;

import dev.postrider.mailet.authentication.dmarc.Dmarc;
import dev.postrider.mailet.authentication.dmarc.Policy;
import dev.postrider.mailet.authentication.dmarc.report.ReadDmarcReports;
import dev.postrider.mailet.authentication.results.AuthenticationResults;
import dev.postrider.mailet.authentication.results.MethodResult;
import dev.postrider.mailet.authentication.results.ResultsField;
import dev.postrider.mailet.authentication.results.Verdicts;
import dev.postrider.mailet.authentication.sender.Author;
import dev.postrider.mailet.authentication.spf.SpfCheck;
import dev.postrider.mailet.authentication.spf.SpfIdentity;
import dev.postrider.plugin.Mail;
import dev.postrider.plugin.Message;
import dev.postrider.plugin.Outcome;
import dev.postrider.plugin.testkit.FixedClock;
import dev.postrider.plugin.testkit.FixedDirectory;
import dev.postrider.plugin.testkit.Fuzz;
import dev.postrider.plugin.testkit.InMemoryDns;
import dev.postrider.plugin.testkit.InMemoryState;
import dev.postrider.plugin.testkit.MailBuilder;
import dev.postrider.plugin.testkit.RecordingLogger;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Policies, fields and reports, changed at random: whatever comes is judged, nothing is thrown. */
class SenderFuzzTest {

  private static final String RESULTS =
      "mx.example.org 1; spf=pass (ok (nested\\)) smtp.mailfrom=\"a b\"@example.org; dkim=fail"
          + " reason=\"bad; \\\"key\\\"\" header.d=example.org header.b=\"ab/c\"; dmarc=none; arc=none";
  private static final String SPF =
      "v=spf1 a:%{h}/24//64 mx/28 -ip4:192.0.2.0/25 ?ip6:2001:db8::/32 ~ptr:%{d2r.-}"
          + " exists:%{ir}.%{l1r+-}.example.org include:example.org redirect=%{o} exp=why.%{d}";
  private static final String POLICY =
      "v=DMARC1; p=quarantine; sp=reject; np=none; adkim=s; aspf=r; t=y; psd=n; fo=1;"
          + " rua=mailto:a@example.org!10m, mailto:b%40example.net; ruf=mailto:c@example.org";
  private static final String FROM =
      "From: \"Some, One\" (a (nested) comment) <some.one@example.org>\r\nSubject: x\r\n";
  private static final String REPORT =
      "<?xml version=\"1.0\"?><feedback><report_metadata><org_name>a &amp; b</org_name><date_range>"
          + "<begin>1795305600</begin></date_range></report_metadata><policy_published><domain>x.example"
          + "</domain></policy_published><record><row><source_ip>192.0.2.1</source_ip><count>7</count>"
          + "<policy_evaluated><dkim>pass</dkim></policy_evaluated></row></record></feedback>";
  private static final List<String> PIECES =
      List.of(
          ";",
          "=",
          ":",
          "\r\n ",
          "\r\n",
          " ",
          "\t",
          "(",
          ")",
          "\"",
          "\\",
          "<",
          ">",
          "@",
          ",",
          "%{",
          "%{s}",
          "}",
          "/",
          "//129",
          "..",
          "all",
          "99999999999",
          "\0",
          "\u00e9",
          "From:",
          "&x;",
          "<a>",
          "<!DOCTYPE a>",
          "=?utf-8?q?a?=",
          "A".repeat(70));
  private static final FixedClock CLOCK = FixedClock.at("2026-11-23T12:00:00Z");

  /** What reads hostile text. */
  enum Reader {
    RESULTS_FIELD {
      @Override
      void read(Random random) {
        String text = changed(random, RESULTS);
        ResultsField.read(text)
            .ifPresent(
                field -> {
                  String again = field.toString();
                  assertThat(ResultsField.read(again)).isPresent();
                  field.results().forEach(each -> assertThat(read(each)).contains(each));
                });
        Mail mail = mail("Authentication-Results: " + text + "\r\n" + FROM);
        new AuthenticationResults(() -> "mx.example.org", Optional.empty(), true).process(mail);
      }

      private Optional<MethodResult> read(MethodResult result) {
        return MethodResult.read(result.toString());
      }
    },
    SPF_POLICY {
      @Override
      void read(Random random) {
        InMemoryDns dns =
            new InMemoryDns()
                .withTxt("example.org", changed(random, SPF))
                .withTxt("why.example.org", changed(random, "%{c} is not %{o}, %{t} %{r} %{S}"))
                .withReverse("192.0.2.200", "mail.example.org")
                .withAddress("mail.example.org", "192.0.2.200");
        String helo = changed(random, "mail.example.org");
        SpfIdentity identity =
            new SpfIdentity(
                InetAddress.ofLiteral("192.0.2.200"),
                changed(random, "a-b"),
                "example.org",
                helo,
                "r");
        assertThat(new SpfCheck(Duration.ofSeconds(20), CLOCK).check(dns, identity)).isNotNull();
        assertThat(dns.queries()).hasSizeLessThan(124);
      }
    },
    DMARC_POLICY {
      @Override
      void read(Random random) {
        InMemoryDns dns = new InMemoryDns().withTxt("_dmarc.example.org", changed(random, POLICY));
        Dmarc dmarc =
            new Dmarc(
                dns,
                CLOCK,
                Policy.REJECT,
                Optional.empty(),
                Optional.empty(),
                Set.of(),
                Set.of("example.net"),
                Set.of(),
                true);
        Mail judged =
            mail(FROM)
                .withAttribute(Verdicts.ATTRIBUTE, changed(random, RESULTS.replace("; ", "\n")));
        assertThat(dmarc.process(judged)).isInstanceOf(Outcome.Continue.class);
      }
    },
    FROM_FIELD {
      @Override
      void read(Random random) {
        assertThat(Author.of(mail(changed(random, FROM)))).isNotNull();
      }
    },
    REPORT_OF_OTHERS {
      @Override
      void read(Random random) throws IOException {
        ByteArrayOutputStream packed = new ByteArrayOutputStream();
        try (GZIPOutputStream gzip = new GZIPOutputStream(packed)) {
          gzip.write(changed(random, REPORT).getBytes(StandardCharsets.ISO_8859_1));
        }
        String octets = packed.toString(StandardCharsets.ISO_8859_1);
        String body = random.nextInt(3) == 0 ? changed(random, octets) : octets;
        String header = changed(random, "Content-Type: multipart/mixed; boundary=\"b\"\r\n" + FROM);
        String part = "\r\n--b\r\nContent-Type: application/gzip\r\n\r\n" + body + "\r\n--b--\r\n";
        new ReadDmarcReports(
                new RecordingLogger(), FixedDirectory.of("a@example.test"), new InMemoryState())
            .process(mail(header + part));
      }
    };

    abstract void read(Random random) throws IOException;
  }

  @ParameterizedTest
  @EnumSource
  void nothingIsThrown(Reader reader) {
    Fuzz.of(reader.name(), reader::read).seeds(1, reader == Reader.REPORT_OF_OTHERS ? 300 : 3_000);
  }

  @ParameterizedTest
  @EnumSource
  @Tag("long")
  void nothingIsThrownForAMinute(Reader reader) {
    Fuzz.of(reader.name(), reader::read).seeds(System.nanoTime(), Duration.ofSeconds(60));
  }

  private static Mail mail(String text) {
    return MailBuilder.aMail()
        .message(Message.of((text + "\r\nbody\r\n").getBytes(StandardCharsets.ISO_8859_1)))
        .build();
  }

  private static String changed(Random random, String text) {
    return Fuzz.changed(random, text, PIECES);
  }
}
