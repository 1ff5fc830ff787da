package dev.postrider.mailet.authentication.dkim;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.postrider.plugin.HeaderField;
import dev.postrider.plugin.Message;
import dev.postrider.plugin.testkit.InMemoryDns;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Ours against dkimpy and OpenDKIM from Debian's packages, in both directions. */
class CrossCheckTest {

  private static final TestKeys RSA = TestKeys.rsa("r", 2048);
  private static final TestKeys ED = TestKeys.ed25519("e");
  private static final int MAILS = 60;

  @TempDir Path folder;

  @Test
  void dkimpyAgreesOnWhatWeSigned() throws IOException, InterruptedException {
    assumePython();
    SigningRules rules =
        new SigningRules(
            SigningRules.OVERSIGNED, SigningRules.SIGNED, Optional.of(Duration.ofDays(7)));
    DkimSigner signer = new DkimSigner(InstantSource.system(), rules);
    RandomMails mails = new RandomMails(41);
    List<String> expected = new ArrayList<>();
    for (int i = 0; i < MAILS; i++) {
      Message message = mails.next();
      TestKeys key = i % 2 == 0 ? RSA : ED;
      HeaderField field = signer.sign(message, List.of(key.signing())).getFirst();
      Message signed = message.withHeaders(h -> h.withFirst(field));
      boolean broken = i % 3 == 2;
      Message sent =
          broken ? Message.of((text(signed) + "More.\r\n").getBytes(ISO_8859_1)) : signed;
      Files.write(folder.resolve(name(i)), text(sent).getBytes(ISO_8859_1));
      expected.add(name(i) + (broken ? " fail" : " pass"));
      assertThat(ours(sent)).isEqualTo(broken ? Verdict.FAIL : Verdict.PASS);
    }
    publish();
    assertThat(python("verify")).containsExactlyElementsOf(expected);
    System.out.println("dkimpy agrees on " + MAILS + " of " + MAILS + " mails that we signed");
  }

  @Test
  void weAgreeOnWhatDkimpySigned() throws IOException, InterruptedException {
    assumePython();
    RSA.write(folder.resolve("rsa"));
    ED.write(folder.resolve("ed25519"));
    RandomMails mails = new RandomMails(42);
    List<String> forms = List.of("simple", "relaxed");
    for (int i = 0; i < MAILS; i++) {
      Files.write(folder.resolve(name(i)), text(mails.next()).getBytes(ISO_8859_1));
      String how =
          (i % 2 == 0 ? "rsa r " : "ed25519 e ")
              + forms.get(i / 2 % 2)
              + " "
              + forms.get(i / 4 % 2)
              + (i % 2 == 0 ? " rsa-sha256 " : " ed25519-sha256 ")
              + (i % 5 == 4 ? 1 : 0);
      Files.writeString(folder.resolve(name(i).replace(".eml", ".how")), how);
    }
    python("sign");
    for (int i = 0; i < MAILS; i++) {
      byte[] octets = Files.readAllBytes(folder.resolve(name(i)));
      assertThat(ours(Message.of(octets))).as(name(i)).isEqualTo(Verdict.PASS);
      byte[] longer = Arrays.copyOf(octets, octets.length + 3);
      System.arraycopy("x\r\n".getBytes(ISO_8859_1), 0, longer, octets.length, 3);
      assertThat(ours(Message.of(longer))).as("more than was signed").isNotEqualTo(Verdict.PASS);
    }
    System.out.println("we agree on " + MAILS + " of " + MAILS + " mails that dkimpy signed");
  }

  @Test
  void weAgreeOnWhatOpenDkimSigned() throws IOException, InterruptedException {
    Optional<Path> tool =
        List.of("/usr/sbin/opendkim-testmsg", "/usr/bin/opendkim-testmsg").stream()
            .map(Path::of)
            .filter(Files::isExecutable)
            .findFirst();
    assumeTrue(tool.isPresent(), "opendkim-testmsg is not installed (Debian: opendkim-tools)");
    RSA.write(folder.resolve("rsa"));
    RandomMails mails = new RandomMails(43);
    int signed = 10;
    for (int i = 0; i < signed; i++) {
      Path mail = folder.resolve(name(i));
      // The tool takes a dot for the end of the mail, and refuses a second Cc.
      Files.write(
          mail,
          text(mails.next()).replace(".", "-").replace("Cc: c2", "X-Cc: c2").getBytes(ISO_8859_1));
      List<String> command = new ArrayList<>(List.of(tool.get().toString(), "-C"));
      command.addAll(List.of("-d", TestKeys.DOMAIN, "-s", "r", "-k", folder + "/rsa"));
      String out = run(command, mail);
      // The tool knows no other algorithm than rsa-sha1.
      Message message =
          Message.of(out.replace("\r\n", "\n").replace("\n", "\r\n").getBytes(ISO_8859_1));
      assertThat(ours(message, VerifyPolicy.HISTORIC)).as(out).isEqualTo(Verdict.PASS);
      assertThat(ours(message)).isEqualTo(Verdict.PERMERROR);
    }
    System.out.println("we agree on " + signed + " of " + signed + " mails that OpenDKIM signed");
  }

  private static Verdict ours(Message message) throws IOException {
    return ours(message, VerifyPolicy.STANDARD);
  }

  private static Verdict ours(Message message, VerifyPolicy policy) throws IOException {
    return new DkimVerifier(dns(), InstantSource.system(), policy)
        .verify(message)
        .getFirst()
        .verdict();
  }

  private static InMemoryDns dns() {
    return RSA.published().withTxt(ED.name(), ED.record());
  }

  private void publish() throws IOException {
    Files.writeString(
        folder.resolve("dns.txt"),
        RSA.name() + " " + RSA.record() + "\n" + ED.name() + " " + ED.record() + "\n");
  }

  private static String name(int i) {
    return "mail%03d.eml".formatted(i);
  }

  private static String text(Message message) throws IOException {
    try (InputStream in = message.open()) {
      return new String(in.readAllBytes(), ISO_8859_1);
    }
  }

  private void assumePython() throws IOException, InterruptedException {
    Path python = Path.of("/usr/bin/python3");
    boolean there =
        Files.isExecutable(python)
            && process(List.of(python.toString(), script(), "probe"), null).exit() == 0;
    assumeTrue(there, "dkimpy is not installed (Debian: python3-dkim python3-nacl)");
  }

  private List<String> python(String what) throws IOException, InterruptedException {
    return run(List.of("/usr/bin/python3", script(), what, folder.toString()), null)
        .lines()
        .toList();
  }

  private static String script() {
    return Path.of("src/test/resources/dkim_cross_check.py").toAbsolutePath().toString();
  }

  private record Ended(int exit, String out) {}

  private String run(List<String> command, @Nullable Path input)
      throws IOException, InterruptedException {
    Ended ended = process(command, input);
    assertThat(ended.exit()).as("%s: %s", command, ended.out()).isZero();
    return ended.out();
  }

  private Ended process(List<String> command, @Nullable Path input)
      throws IOException, InterruptedException {
    Path out = folder.resolve("out.txt");
    ProcessBuilder builder = new ProcessBuilder(command).redirectOutput(out.toFile());
    builder.redirectError(folder.resolve("errors.txt").toFile());
    builder.directory(folder.toFile());
    if (input != null) {
      builder.redirectInput(input.toFile());
    }
    Process process = builder.start();
    try {
      assertThat(process.waitFor(60, TimeUnit.SECONDS)).as("%s ends", command).isTrue();
      return new Ended(process.exitValue(), Files.readString(out, ISO_8859_1));
    } finally {
      process.destroyForcibly();
    }
  }
}
