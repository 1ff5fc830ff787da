package dev.postrider.mailet.authentication.arc;

import static org.assertj.core.api.Assertions.assertThat;

import dev.postrider.mailet.authentication.dkim.SignatureAlgorithm;
import dev.postrider.mailet.authentication.dkim.SigningKey;
import dev.postrider.mailet.authentication.dkim.SigningRules;
import dev.postrider.mailet.authentication.dkim.VerifyPolicy;
import dev.postrider.mailet.authentication.results.MethodResult;
import dev.postrider.mailet.authentication.results.ResultsField;
import dev.postrider.plugin.HeaderField;
import dev.postrider.plugin.Message;
import dev.postrider.plugin.testkit.FixedClock;
import java.io.IOException;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.PrivateKey;
import java.security.spec.PKCS8EncodedKeySpec;
import java.time.Instant;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** RSA signatures are the same whoever makes them, so ours have to be those of the suite. */
class ArcSigningSuiteTest {

  @Test
  void everyCaseOfThePublicSuiteIsSealedOctetForOctet()
      throws IOException, GeneralSecurityException {
    List<ArcSuite.Case> cases = ArcSuite.cases("arc-draft-sign-tests.yml");
    for (ArcSuite.Case each : cases) {
      List<HeaderField> sealed = seal(each);
      if (each.text("AS").isBlank()) {
        assertThat(sealed).as(each.name()).isEmpty();
        continue;
      }
      assertThat(bare(sealed.get(0))).as("%s: seal", each.name()).isEqualTo(bare(each.text("AS")));
      assertThat(bare(sealed.get(1))).as("%s: AMS", each.name()).isEqualTo(bare(each.text("AMS")));
      assertThat(bare(sealed.get(2))).as("%s: AAR", each.name()).isEqualTo(bare(each.text("AAR")));
    }
    System.out.printf("ARC signing suite: %1$d of %1$d%n", cases.size());
  }

  private static List<HeaderField> seal(ArcSuite.Case each)
      throws IOException, GeneralSecurityException {
    FixedClock clock = FixedClock.at(Instant.ofEpochSecond(Long.parseLong(each.text("t"))));
    Message message = each.message();
    ChainStatus status =
        new ChainVerifier(each.dns(), clock, VerifyPolicy.STANDARD).verify(message).status();
    SigningRules rules =
        new SigningRules(
            List.of(), List.of(each.text("sig-headers").split(":", -1)), Optional.empty());
    SigningKey key =
        new SigningKey(
            each.shared("domain"),
            each.shared("sel"),
            SignatureAlgorithm.RSA_SHA256,
            key(each.shared("privatekey")));
    String id = each.text("srv-id");
    Sealer sealer = new Sealer(clock, rules);
    List<HeaderField> sealed = sealer.seal(message, status, id, results(message, id), key);
    if (sealed.isEmpty()) {
      return sealed;
    }
    // The suite's seals cover message signatures that are not folded.
    HeaderField told = sealed.get(2);
    String value = sealed.get(1).value();
    int b = value.indexOf(" b=") + 1;
    int end = value.indexOf(';', b);
    String unfolded =
        value.substring(0, b) + value.substring(b, end).replace(" ", "") + value.substring(end);
    HeaderField signature = HeaderField.received(ArcSet.MESSAGE + ": " + unfolded + "\r\n");
    int instance = Chain.instance(told).orElseThrow();
    HeaderField seal = sealer.seal(message, instance, status, told, signature, key);
    return List.of(seal, signature, told);
  }

  private static List<MethodResult> results(Message message, String id) {
    return message
        .headers()
        .all("Authentication-Results")
        .flatMap(field -> ResultsField.read(field.value()).stream())
        .filter(field -> field.authservId().equals(id))
        .flatMap(field -> field.results().stream())
        .toList();
  }

  private static String bare(HeaderField field) {
    return bare(field.value());
  }

  private static String bare(String text) {
    StringBuilder out = new StringBuilder();
    text.chars().filter(c -> !Character.isWhitespace(c)).forEach(c -> out.append((char) c));
    return out.toString();
  }

  // The suite has PKCS #1; the JDK reads PKCS #8.
  private static PrivateKey key(String pem) throws GeneralSecurityException {
    StringBuilder base64 = new StringBuilder();
    pem.lines().filter(line -> !line.startsWith("-")).forEach(base64::append);
    byte[] inner = Base64.getDecoder().decode(base64.toString());
    String head = "020100300d06092a864886f70d010101050004%s";
    byte[] rest = HexFormat.of().parseHex(head.formatted("82%04x".formatted(inner.length)));
    byte[] all = new byte[4 + rest.length + inner.length];
    byte[] outer = HexFormat.of().parseHex("3082%04x".formatted(rest.length + inner.length));
    System.arraycopy(outer, 0, all, 0, 4);
    System.arraycopy(rest, 0, all, 4, rest.length);
    System.arraycopy(inner, 0, all, 4 + rest.length, inner.length);
    return KeyFactory.getInstance("RSA").generatePrivate(new PKCS8EncodedKeySpec(all));
  }
}
