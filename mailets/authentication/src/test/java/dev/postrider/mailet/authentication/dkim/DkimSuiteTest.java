package dev.postrider.mailet.authentication.dkim;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.postrider.plugin.Message;
import dev.postrider.plugin.testkit.FixedClock;
import dev.postrider.plugin.testkit.InMemoryDns;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/**
 * The public corpus. Its mails are of 2005 to 2008: keys of 512 bits, SHA-1, drafts of the
 * standard. So it runs twice: with what was taken then, which shows that hashes and signatures are
 * computed as everybody does, and with what may be taken now, by which none of them passes.
 */
class DkimSuiteTest {

  private static final FixedClock CLOCK = FixedClock.at("2026-11-23T12:00:00Z");

  // Signed before the body had a hash of its own (bh=), which RFC 6376 requires.
  private static final String WITHOUT_BODY_HASH = "good_ietf00_";
  // The key's g= does not fit; RFC 6376 knows no g= any more and the signatures are sound.
  private static final Set<String> GRANULARITY =
      Set.of("badkey_8.txt", "badkey_9.txt", "badkey_12.txt", "badkey_13.txt");

  @Test
  void theCorpusIsJudgedAsItWasMeant() throws IOException {
    int cases = 0;
    for (Path file : files()) {
      List<SignatureResult> results = verify(file, VerifyPolicy.HISTORIC);
      boolean passes = results.stream().anyMatch(r -> r.verdict() == Verdict.PASS);
      assertThat(passes).as("%s: %s", file.getFileName(), results).isEqualTo(isMeantToPass(file));
      cases++;
    }
    System.out.println("DKIM corpus: " + cases + " of " + cases + " mails judged as meant");
  }

  @Test
  void noneOfItPassesByTheRulesOfToday() throws IOException {
    for (Path file : files()) {
      assertThat(verify(file, VerifyPolicy.STANDARD))
          .as(file.toString())
          .noneMatch(result -> result.verdict() == Verdict.PASS);
    }
  }

  @Test
  void aFailureOfTheNameServiceIsForNow() throws IOException {
    for (String name : List.of("badkey_14.txt", "badkey_15.txt")) {
      Path file = folder().resolve("corpus").resolve(name);
      assertThat(verify(file, VerifyPolicy.HISTORIC))
          .extracting(SignatureResult::verdict)
          .containsExactly(Verdict.TEMPERROR);
    }
  }

  private static boolean isMeantToPass(Path file) {
    String name = file.getFileName().toString();
    boolean domainKeys = name.contains("dk_");
    return GRANULARITY.contains(name)
        || (!domainKeys
            && !name.startsWith(WITHOUT_BODY_HASH)
            && Stream.of("good", "mine_", "multiple_", "no_body_").anyMatch(name::startsWith));
  }

  private static List<SignatureResult> verify(Path file, VerifyPolicy policy) throws IOException {
    String text = Files.readString(file, ISO_8859_1).replace("\r\n", "\n").replace("\n", "\r\n");
    return new DkimVerifier(dns(), CLOCK, policy).verify(Message.of(text.getBytes(ISO_8859_1)));
  }

  private static InMemoryDns dns() throws IOException {
    InMemoryDns dns = new InMemoryDns();
    for (String line : Files.readAllLines(folder().resolve("FAKE_DNS.dat"), ISO_8859_1)) {
      int space = line.indexOf(' ');
      if (line.startsWith("#") || space < 0) {
        continue;
      }
      String name = line.substring(0, space);
      String value = line.substring(space).strip();
      if (value.startsWith("~~")) {
        dns.failing(name, value);
      } else if (!value.equals("NXDOMAIN")) {
        dns.withTxt(name, value);
      }
    }
    return dns;
  }

  private static List<Path> files() throws IOException {
    try (Stream<Path> all = Files.list(folder().resolve("corpus"))) {
      return all.sorted().toList();
    }
  }

  private static Path folder() {
    Path folder = Path.of(System.getProperty("postrider.shared", ""), "testdata", "dkim");
    assumeTrue(Files.isDirectory(folder), () -> "there is no DKIM corpus in " + folder);
    return folder;
  }
}
