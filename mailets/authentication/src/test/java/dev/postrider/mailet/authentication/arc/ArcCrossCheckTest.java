package dev.postrider.mailet.authentication.arc;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.postrider.mailet.authentication.dkim.ForeignTool;
import dev.postrider.mailet.authentication.dkim.RandomMails;
import dev.postrider.mailet.authentication.dkim.SigningRules;
import dev.postrider.mailet.authentication.dkim.TestKeys;
import dev.postrider.mailet.authentication.dkim.VerifyPolicy;
import dev.postrider.mailet.authentication.results.MethodResult;
import dev.postrider.plugin.HeaderField;
import dev.postrider.plugin.Message;
import dev.postrider.plugin.testkit.InMemoryDns;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Chains that we sealed, judged by Mail::DKIM, too: whole ones and broken ones. */
class ArcCrossCheckTest {

  private static final TestKeys KEY = TestKeys.rsa("r", 2048);
  private static final InstantSource CLOCK = InstantSource.system();
  private static final SigningRules RULES =
      new SigningRules(List.of(), SigningRules.OVERSIGNED, Optional.empty());
  private static final List<MethodResult> RESULTS =
      List.of(
          MethodResult.of("spf", "pass").with("smtp", "mailfrom", "\"a b\"@example.org"),
          MethodResult.of("dkim", "fail").withReason("a \"reason\"").withComment("(a) comment"));
  private static final int CHAINS = 60;

  @TempDir Path folder;
  private final InMemoryDns dns = new InMemoryDns().withTxt(KEY.name(), KEY.record());

  @Test
  void mailDkimAgreesOnChainsThatWeSealed() throws IOException, InterruptedException {
    assumeTrue(ForeignTool.MAIL_DKIM.isHere(folder), "Debian's libmail-dkim-perl is not here");
    Files.writeString(folder.resolve("dns.txt"), KEY.name() + " " + KEY.record() + "\n");
    RandomMails mails = new RandomMails(44);
    Map<String, String> ours = new HashMap<>();
    for (int i = 0; i < CHAINS; i++) {
      Message message = mails.next();
      for (int set = 0; set <= i % 4; set++) {
        message = sealed(message);
        if (i % 5 == 1) {
          message = message.withHeaders(h -> h.withFirst(HeaderField.of("Subject", "[list]")));
        }
      }
      String octets = text(message);
      if (i % 5 == 2) {
        octets = octets + "More.\r\n";
      } else if (i % 5 == 3) {
        octets = octets.replaceFirst("spf=pass", "spf=fail");
      }
      String name = "mail%03d.eml".formatted(i);
      Files.write(folder.resolve(name), octets.getBytes(ISO_8859_1));
      ours.put(name, status(Message.of(octets.getBytes(ISO_8859_1))).word());
    }
    assertThat(ours.values()).contains("pass", "fail");
    assertThat(ForeignTool.MAIL_DKIM.judge(folder, "arc")).containsExactlyInAnyOrderEntriesOf(ours);
    System.out.println("Mail::DKIM agrees on " + CHAINS + " of " + CHAINS + " ARC chains");
  }

  private Message sealed(Message message) throws IOException {
    List<HeaderField> set =
        new Sealer(CLOCK, RULES)
            .seal(message, status(message), "mx.example.org", RESULTS, KEY.signing());
    Message out = message;
    for (HeaderField field : set.reversed()) {
      out = out.withHeaders(h -> h.withFirst(field));
    }
    return out;
  }

  private ChainStatus status(Message message) throws IOException {
    return new ChainVerifier(dns, CLOCK, VerifyPolicy.STANDARD).verify(message).status();
  }

  private static String text(Message message) throws IOException {
    try (InputStream in = message.open()) {
      return new String(in.readAllBytes(), ISO_8859_1);
    }
  }
}
