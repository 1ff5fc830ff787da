package dev.postrider.mailet.authentication.dkim;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.postrider.mailet.authentication.results.MethodResult;
import dev.postrider.mailet.authentication.results.Verdicts;
import dev.postrider.mailet.authentication.spf.Spf;
import dev.postrider.plugin.HeaderField;
import dev.postrider.plugin.Mail;
import dev.postrider.plugin.Mailet;
import dev.postrider.plugin.Message;
import dev.postrider.plugin.Outcome;
import dev.postrider.plugin.testkit.InMemoryDns;
import dev.postrider.plugin.testkit.MailBuilder;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Two hundred mails judged by us and by python's dkim and spf: signed and not, broken, forged.
 * Where we differ is known, and why.
 */
class SideBySideTest {

  private static final int MAILS = 200;
  private static final TestKeys RSA = TestKeys.rsa("r", 2048);
  private static final TestKeys ED = TestKeys.ed25519("e");
  private static final TestKeys WEAK = TestKeys.rsa("w", 768);

  // A signature of another kind than 'fail' is one word to dkimpy.
  private static final Map<String, String> DKIM_WORDS =
      Map.of("permerror", "fail", "policy", "fail", "neutral", "fail", "temperror", "fail");

  @TempDir Path folder;

  private final List<String> records = new ArrayList<>();
  private final InMemoryDns dns = new InMemoryDns();

  private record Sent(Mail mail, String client, String helo, String sender) {}

  @Test
  void weAgreeWithPythonBesidesWhatIsKnown() throws IOException, InterruptedException {
    assumeTrue(run("probe") != null, "install python3-dkim, python3-nacl and python3-spf");
    publish();
    Map<String, String> ours = new TreeMap<>();
    RandomMails mails = new RandomMails(44);
    for (int i = 0; i < MAILS; i++) {
      Sent sent = sent(i, mails.next());
      String name = "mail%03d".formatted(i);
      Files.write(folder.resolve(name + ".eml"), octets(sent.mail().message()));
      Files.writeString(
          folder.resolve(name + ".env"),
          sent.client() + "\n" + sent.helo() + "\n" + sent.sender() + "\n");
      ours.put(name, judged(sent.mail()));
    }
    Files.write(folder.resolve("dns.txt"), records);
    List<String> differences = new ArrayList<>();
    Map<String, Integer> verdicts = new TreeMap<>();
    for (String line : run(folder.toString()).lines().toList()) {
      String name = line.substring(0, line.indexOf('\t'));
      String theirs = line.substring(line.indexOf('\t') + 1);
      String mine = ours.get(name);
      verdicts.merge(String.valueOf(mine), 1, Integer::sum);
      if (!same(String.valueOf(mine), theirs)) {
        differences.add(name + ": we " + mine + ", python " + theirs);
      }
    }
    assertThat(verdicts.values().stream().mapToInt(n -> n).sum()).isEqualTo(MAILS);
    System.out.printf(
        "%d mails beside python's dkim and spf: %d differences; our verdicts %s%n",
        MAILS, differences.size(), verdicts);
    assertThat(differences).isEmpty();
  }

  private static boolean same(String ours, String theirs) {
    String[] mine = ours.split("\t", -1);
    String[] other = theirs.split("\t", -1);
    String word = mine[0].substring("dkim=".length());
    String said = other[0].startsWith("dkim=no: ") ? "fail" : other[0].substring("dkim=".length());
    return DKIM_WORDS.getOrDefault(word, word).equals(said) && mine[1].equals(other[1]);
  }

  private Sent sent(int i, Message plain) throws IOException {
    List<String> clients = List.of("192.0.2.1", "198.51.100.7", "203.0.113.9", "2001:db8::1");
    List<String> domains =
        List.of(
            "example.org",
            "soft.example",
            "neutral.example",
            "none.example",
            "include.example",
            "broken.example",
            "mx.example",
            "redirect.example");
    String client = clients.get(i % clients.size());
    String sender = "alice@" + domains.get(i / clients.size() % domains.size());
    String helo = "client.example.org";
    Mail mail =
        MailBuilder.aMail()
            .message(signed(i, plain))
            .from(sender)
            .client(client)
            .helo(helo)
            .build();
    return new Sent(mail, client, helo, sender);
  }

  private static Message signed(int i, Message plain) throws IOException {
    SigningRules rules =
        new SigningRules(SigningRules.OVERSIGNED, SigningRules.SIGNED, Optional.empty());
    SigningRules expiring =
        new SigningRules(SigningRules.OVERSIGNED, List.of(), Optional.of(Duration.ofDays(7)));
    InstantSource past = () -> InstantSource.system().instant().minus(Duration.ofDays(30));
    return switch (i % 9) {
      case 0, 1 -> plain;
      case 2 -> with(plain, new DkimSigner(InstantSource.system(), rules), RSA);
      case 3 -> with(plain, new DkimSigner(InstantSource.system(), expiring), ED);
      case 4 -> changed(with(plain, new DkimSigner(InstantSource.system(), rules), RSA));
      case 5 ->
          with(plain, new DkimSigner(InstantSource.system(), rules), ED)
              .withHeaders(h -> h.withFirst(HeaderField.of("Subject", "another")));
      case 6 -> with(plain, new DkimSigner(InstantSource.system(), rules), WEAK);
      case 7 -> with(plain, new DkimSigner(past, expiring), RSA);
      default ->
          with(
              plain,
              new DkimSigner(InstantSource.system(), rules),
              new TestKeys(
                  new SigningKey(
                      "example.org", "gone", ED.signing().algorithm(), ED.signing().key()),
                  ED.pair()));
    };
  }

  private static Message with(Message plain, DkimSigner signer, TestKeys key) throws IOException {
    HeaderField field = signer.sign(plain, List.of(key.signing())).getFirst();
    return plain.withHeaders(h -> h.withFirst(field));
  }

  private static Message changed(Message message) throws IOException {
    String text = new String(octets(message), ISO_8859_1);
    return Message.of((text + "P.S.\r\n").getBytes(ISO_8859_1));
  }

  private String judged(Mail mail) {
    Mailet ofDkim = new Dkim(dns, InstantSource.system(), 10, 1024);
    Mailet ofSpf =
        new Spf(
            dns,
            InstantSource.system(),
            () -> "mx.example.test",
            Set.of(),
            false,
            Duration.ofSeconds(4));
    Mail judged = next(ofSpf.process(next(ofDkim.process(mail))));
    return "dkim=" + first(judged, "dkim") + "\tspf=" + first(judged, "spf");
  }

  private static Mail next(Outcome outcome) {
    return ((Outcome.Continue) outcome).mail();
  }

  private static String first(Mail mail, String method) {
    return Verdicts.of(mail, method).stream().map(MethodResult::result).findFirst().orElse("");
  }

  private void publish() {
    text(RSA.name(), RSA.record());
    text(ED.name(), ED.record());
    text(WEAK.name(), WEAK.record());
    text("example.org", "v=spf1 ip4:192.0.2.0/24 ip6:2001:db8::/32 -all");
    text("soft.example", "v=spf1 ip4:198.51.100.7 ~all");
    text("neutral.example", "v=spf1 a:host.example ?all");
    text("include.example", "v=spf1 include:example.org include:soft.example -all");
    text("broken.example", "v=spf1 ip4:192.0.2.0/24 nonsense:x -all");
    text("mx.example", "v=spf1 mx -all");
    text("redirect.example", "v=spf1 redirect=example.org");
    dns.withAddress("host.example", "203.0.113.9");
    records.add("host.example A 203.0.113.9");
    dns.withMx("mx.example", 10, "host.example");
    records.add("mx.example MX 10 host.example");
  }

  private void text(String name, String value) {
    dns.withTxt(name, value);
    records.add(name + " TXT " + value);
  }

  private static byte[] octets(Message message) throws IOException {
    try (InputStream in = message.open()) {
      return in.readAllBytes();
    }
  }

  private @Nullable String run(String argument) throws IOException, InterruptedException {
    Path python = Path.of("/usr/bin/python3");
    if (!Files.isExecutable(python)) {
      return null;
    }
    Path script = Path.of("src/test/resources/side_by_side.py").toAbsolutePath();
    Path out = folder.resolve("out.txt");
    Process process =
        new ProcessBuilder(python.toString(), script.toString(), argument)
            .redirectOutput(out.toFile())
            .redirectError(folder.resolve("errors.txt").toFile())
            .start();
    try {
      assertThat(process.waitFor(60, TimeUnit.SECONDS)).isTrue();
      boolean probe = argument.equals("probe");
      if (probe && process.exitValue() != 0) {
        return null;
      }
      assertThat(process.exitValue()).as(Files.readString(folder.resolve("errors.txt"))).isZero();
      return Files.readString(out);
    } finally {
      process.destroyForcibly();
    }
  }
}
