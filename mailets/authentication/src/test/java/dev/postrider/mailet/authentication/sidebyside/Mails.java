package dev.postrider.mailet.authentication.sidebyside;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import dev.postrider.mailet.authentication.arc.ChainStatus;
import dev.postrider.mailet.authentication.arc.Sealer;
import dev.postrider.mailet.authentication.dkim.DkimSigner;
import dev.postrider.mailet.authentication.dkim.RandomMails;
import dev.postrider.mailet.authentication.dkim.SigningKey;
import dev.postrider.mailet.authentication.dkim.SigningRules;
import dev.postrider.mailet.authentication.dkim.TestKeys;
import dev.postrider.mailet.authentication.results.MethodResult;
import dev.postrider.plugin.HeaderField;
import dev.postrider.plugin.Message;
import dev.postrider.plugin.testkit.InMemoryDns;
import dev.postrider.plugin.testkit.MailBuilder;
import java.io.IOException;
import java.io.InputStream;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Mails of hosts that may and may not send them: signed and not, sealed, broken, forged. */
final class Mails {

  private static final List<String> CLIENTS =
      List.of("192.0.2.1", "198.51.100.7", "203.0.113.9", "2001:db8::1");
  private static final List<String> SENDERS =
      List.of(
          "example.org",
          "soft.example",
          "neutral.example",
          "none.example",
          "include.example",
          "broken.example",
          "mx.example",
          "redirect.example",
          "silent.example");
  private static final List<String> AUTHORS =
      List.of(
          "example.org",
          "news.example.org",
          "strict.example.org",
          "soft.example",
          "a.b.none.example",
          "broken.example",
          "silent.example");

  private static final SigningRules FOREVER =
      new SigningRules(SigningRules.OVERSIGNED, SigningRules.SIGNED, Optional.empty());
  private static final SigningRules A_WEEK =
      new SigningRules(SigningRules.OVERSIGNED, List.of(), Optional.of(Duration.ofDays(7)));
  private static final InstantSource NOW = InstantSource.system();
  private static final InstantSource PAST = () -> NOW.instant().minus(Duration.ofDays(30));

  private final TestKeys rsa = TestKeys.rsa("r", 2048);
  private final TestKeys ed = TestKeys.ed25519("e");
  private final TestKeys weak = TestKeys.rsa("w", 768);
  private final RandomMails mails = new RandomMails(44);

  /** What is published about them. */
  InMemoryDns dns() {
    InMemoryDns dns = new InMemoryDns();
    for (TestKeys key : List.of(rsa, ed, weak)) {
      dns.withTxt(key.name(), key.record());
    }
    return dns.withTxt("example.org", "v=spf1 ip4:192.0.2.0/24 ip6:2001:db8::/32 -all")
        .withTxt("soft.example", "v=spf1 ip4:198.51.100.7 ~all")
        .withTxt("neutral.example", "v=spf1 a:host.example ?all")
        .withTxt("include.example", "v=spf1 include:example.org include:soft.example -all")
        .withTxt("broken.example", "v=spf1 ip4:192.0.2.0/24 nonsense:x -all")
        .withTxt("mx.example", "v=spf1 mx -all")
        .withTxt("redirect.example", "v=spf1 redirect=example.org")
        .withAddress("host.example", "203.0.113.9")
        .withMx("mx.example", 10, "host.example")
        .withName("none.example")
        .failing("silent.example", "SERVFAIL")
        .withTxt("_dmarc.example.org", "v=DMARC1; p=reject; sp=quarantine")
        .withTxt("_dmarc.strict.example.org", "v=DMARC1; p=reject; aspf=s; adkim=s")
        .withTxt("_dmarc.soft.example", "v=DMARC1; p=quarantine")
        .withTxt("_dmarc.none.example", "v=DMARC1; p=none")
        .withTxt("_dmarc.broken.example", "v=DMARC1; p=nonsense")
        .failing("_dmarc.silent.example", "SERVFAIL");
  }

  List<Sent> some(int count) throws IOException {
    List<Sent> out = new ArrayList<>();
    // 4, 9, 13 and 7 have no common factor, so that everything meets everything.
    for (int i = 0; i < count; i++) {
      Message message = treated(i % 13, mails.next(AUTHORS.get(i % AUTHORS.size())));
      out.add(
          new Sent(
              "mail%03d".formatted(i),
              MailBuilder.aMail()
                  .message(message)
                  .from("alice@" + SENDERS.get(i % SENDERS.size()))
                  .client(CLIENTS.get(i % CLIENTS.size()))
                  .helo("client.example.org")
                  .build()));
    }
    return out;
  }

  private Message treated(int kind, Message plain) throws IOException {
    return switch (kind) {
      case 0, 1 -> plain;
      case 2 -> signed(plain, NOW, FOREVER, rsa.signing());
      case 3 -> signed(plain, NOW, A_WEEK, ed.signing());
      case 4 -> longer(signed(plain, NOW, FOREVER, rsa.signing()));
      case 5 -> retitled(signed(plain, NOW, FOREVER, ed.signing()));
      case 6 -> signed(plain, NOW, FOREVER, weak.signing());
      case 7 -> signed(plain, PAST, A_WEEK, rsa.signing());
      case 8 -> signed(plain, NOW, FOREVER, ofSelector("gone"));
      case 9 -> sealed(signed(plain, NOW, FOREVER, rsa.signing()), ChainStatus.NONE);
      case 10 -> longer(sealed(plain, ChainStatus.NONE));
      case 11 ->
          sealed(
              retitled(sealed(signed(plain, NOW, A_WEEK, rsa.signing()), ChainStatus.NONE)),
              ChainStatus.PASS);
      default -> sealed(plain, ChainStatus.PASS);
    };
  }

  private SigningKey ofSelector(String selector) {
    SigningKey key = rsa.signing();
    return new SigningKey(key.domain(), selector, key.algorithm(), key.key());
  }

  private static Message signed(
      Message plain, InstantSource when, SigningRules rules, SigningKey key) throws IOException {
    HeaderField field = new DkimSigner(when, rules).sign(plain, List.of(key)).getFirst();
    return plain.withHeaders(h -> h.withFirst(field));
  }

  private Message sealed(Message message, ChainStatus status) throws IOException {
    List<MethodResult> results = List.of(MethodResult.of("spf", "pass"));
    Message out = message;
    for (HeaderField field :
        new Sealer(NOW, FOREVER)
            .seal(message, status, "mx.example.org", results, rsa.signing())
            .reversed()) {
      out = out.withHeaders(h -> h.withFirst(field));
    }
    return out;
  }

  private static Message retitled(Message message) {
    return message.withHeaders(h -> h.withFirst(HeaderField.of("Subject", "another")));
  }

  private static Message longer(Message message) throws IOException {
    try (InputStream in = message.open()) {
      String text = new String(in.readAllBytes(), ISO_8859_1);
      return Message.of((text + "P.S.\r\n").getBytes(ISO_8859_1));
    }
  }
}
