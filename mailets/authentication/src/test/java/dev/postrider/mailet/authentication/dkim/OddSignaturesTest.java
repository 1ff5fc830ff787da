package dev.postrider.mailet.authentication.dkim;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.postrider.plugin.Message;
import dev.postrider.plugin.testkit.InMemoryDns;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Signatures that nobody writes like that, judged by others, too. */
class OddSignaturesTest {

  private static final int SOME = 150;
  private static final int MANY = 1_000;
  private static final TestKeys RSA = TestKeys.rsa("r", 2048);
  private static final TestKeys ED = TestKeys.ed25519("e");

  @TempDir Path folder;
  private final InMemoryDns dns = new InMemoryDns();
  private final InstantSource clock = InstantSource.system();

  static List<ForeignTool> tools() {
    return List.of(ForeignTool.DKIMPY, ForeignTool.MAIL_DKIM);
  }

  @ParameterizedTest
  @MethodSource("tools")
  void othersAgreeOrTheirReasonIsKnown(ForeignTool tool)
      throws IOException, GeneralSecurityException, InterruptedException {
    compare(tool, SOME);
  }

  @Tag("long")
  @ParameterizedTest
  @MethodSource("tools")
  void othersAgreeOnManyOrTheirReasonIsKnown(ForeignTool tool)
      throws IOException, GeneralSecurityException, InterruptedException {
    compare(tool, MANY);
  }

  private void compare(ForeignTool tool, int many)
      throws IOException, GeneralSecurityException, InterruptedException {
    assumeTrue(
        tool.isHere(folder),
        "Debian's python3-dkim, python3-nacl or libmail-dkim-perl is not here");
    Map<String, OddSignatures.Odd> mails = write(many);
    Map<String, String> theirs = tool.judge(folder, "verify");
    List<String> unexplained = new ArrayList<>();
    Set<KnownOddity> met = new TreeSet<>();
    int good = 0;
    int same = 0;
    for (Map.Entry<String, OddSignatures.Odd> each : mails.entrySet()) {
      OddSignatures.Odd odd = each.getValue();
      SignatureResult ours = judge(odd);
      String their = theirs.get(each.getKey());
      boolean pass = ours.verdict() == Verdict.PASS;
      good += pass ? 1 : 0;
      // What is added behind the signed part of a body is a matter of policy.
      if (pass == "pass".equals(their) || ours.verdict() == Verdict.POLICY) {
        same++;
        continue;
      }
      Optional<KnownOddity> known =
          Arrays.stream(KnownOddity.values()).filter(k -> k.explains(tool, odd)).findFirst();
      known.ifPresentOrElse(
          met::add, () -> unexplained.add(their + ", not " + ours + "\n" + odd + "\n"));
    }
    System.out.println(
        tool.script() + " agrees on " + same + " of " + many + " odd signatures; for the others:");
    met.forEach(each -> System.out.println("  " + each));
    assertThat(unexplained).isEmpty();
    assertThat(good).as("signatures that hold").isGreaterThan(many / 2);
  }

  private Map<String, OddSignatures.Odd> write(int many)
      throws IOException, GeneralSecurityException {
    OddSignatures odd = new OddSignatures(7, RSA, ED, clock.instant().getEpochSecond());
    Map<String, OddSignatures.Odd> mails = new LinkedHashMap<>();
    List<String> zone = new ArrayList<>();
    for (int i = 0; i < many; i++) {
      OddSignatures.Odd next = odd.next("o" + i);
      String name = "mail%03d.eml".formatted(i);
      mails.put(name, next);
      Files.write(folder.resolve(name), next.octets().getBytes(ISO_8859_1));
      zone.add(next.key() + " " + next.record());
      dns.withTxt(next.key(), next.record());
    }
    Files.write(folder.resolve("dns.txt"), zone);
    return mails;
  }

  private SignatureResult judge(OddSignatures.Odd odd) throws IOException {
    return new DkimVerifier(dns, clock, VerifyPolicy.STANDARD)
        .verify(Message.of(odd.octets().getBytes(ISO_8859_1)))
        .getFirst();
  }
}
