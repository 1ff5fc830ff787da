package dev.postrider.benchmark.jmh;

import dev.postrider.mailet.authentication.dkim.DkimSigner;
import dev.postrider.mailet.authentication.dkim.DkimVerifier;
import dev.postrider.mailet.authentication.dkim.SignatureAlgorithm;
import dev.postrider.mailet.authentication.dkim.SignatureResult;
import dev.postrider.mailet.authentication.dkim.SigningKey;
import dev.postrider.mailet.authentication.dkim.SigningRules;
import dev.postrider.mailet.authentication.dkim.VerifyPolicy;
import dev.postrider.plugin.HeaderField;
import dev.postrider.plugin.Message;
import dev.postrider.plugin.testkit.InMemoryDns;
import java.io.IOException;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;

/** Signs a mail of 10 KB, and checks the signature with the key in memory. */
@State(Scope.Benchmark)
public class SignatureBenchmark {

  /** What the key is of. */
  @Param({"RSA_SHA256", "ED25519_SHA256"})
  public SignatureAlgorithm algorithm = SignatureAlgorithm.RSA_SHA256;

  private final SigningRules rules =
      new SigningRules(SigningRules.OVERSIGNED, SigningRules.SIGNED, Optional.empty());
  private final DkimSigner signer = new DkimSigner(InstantSource.system(), rules);
  private final Message plain = Message.of(Letter.octets(10_000));
  private List<SigningKey> keys = List.of();
  private Message signed = plain;
  private DkimVerifier verifier =
      new DkimVerifier(new InMemoryDns(), InstantSource.system(), VerifyPolicy.STANDARD);

  /** Makes the key and signs once. */
  @Setup
  public void prepare() throws IOException {
    Signer key = Signer.of(algorithm, "elsewhere.test");
    keys = List.of(key.key());
    verifier =
        new DkimVerifier(
            new RememberedDns(key.published()), InstantSource.system(), VerifyPolicy.STANDARD);
    HeaderField field = signer.sign(plain, keys).getFirst();
    signed = plain.withHeaders(headers -> headers.withFirst(field));
  }

  /** One signature. */
  @Benchmark
  public List<HeaderField> sign() throws IOException {
    return signer.sign(plain, keys);
  }

  /** One signature that holds. */
  @Benchmark
  public List<SignatureResult> verify() throws IOException {
    return verifier.verify(signed);
  }
}
