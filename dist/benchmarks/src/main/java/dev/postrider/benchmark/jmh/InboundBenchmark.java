package dev.postrider.benchmark.jmh;

import dev.postrider.kernel.contracts.VirtualTime;
import dev.postrider.kernel.pipeline.Pipeline;
import dev.postrider.kernel.pipeline.PipelineEngine;
import dev.postrider.kernel.pipeline.PipelinePolicy;
import dev.postrider.kernel.pipeline.PipelineRun;
import dev.postrider.mailet.authentication.dkim.DkimSigner;
import dev.postrider.mailet.authentication.dkim.SignatureAlgorithm;
import dev.postrider.mailet.authentication.dkim.SigningRules;
import dev.postrider.plugin.HeaderField;
import dev.postrider.plugin.Mail;
import dev.postrider.plugin.Message;
import dev.postrider.plugin.testkit.Corpus;
import dev.postrider.plugin.testkit.InMemoryDns;
import dev.postrider.plugin.testkit.MailBuilder;
import java.io.IOException;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;

/**
 * The shipped pipeline for a signed mail of 10 KB from a stranger, with the DNS in memory: all
 * checks of the sender and the classifier, which has learnt {@value #LEARNT} mails of each kind,
 * from root to the delivery.
 */
@State(Scope.Benchmark)
public class InboundBenchmark {

  private static final int LEARNT = 1_000;

  private final Workshop workshop;
  private final Pipeline pipeline;
  private final PipelineEngine engine;
  private final Signer signer = Signer.of(SignatureAlgorithm.RSA_SHA256, "elsewhere.test");
  private Mail mail = MailBuilder.aMail().build();

  /** Loads pipeline and mailets as a server does. */
  public InboundBenchmark() {
    InMemoryDns dns =
        signer
            .published()
            .withTxt("elsewhere.test", "v=spf1 ip4:198.51.100.0/24 -all")
            .withTxt("_dmarc.elsewhere.test", "v=DMARC1; p=reject")
            .withMx("elsewhere.test", 10, "mail.elsewhere.test")
            .withAddress("mail.elsewhere.test", "198.51.100.7")
            .withReverse("198.51.100.7", "mail.elsewhere.test");
    VirtualTime time = new VirtualTime();
    this.workshop = new Workshop(new RememberedDns(dns));
    this.pipeline = workshop.shipped();
    this.engine = new PipelineEngine(PipelinePolicy.defaults(), time, time);
  }

  /** Teaches the classifier and signs the mail. */
  @Setup
  public void prepare() throws IOException {
    workshop.teach(LEARNT);
    SigningRules rules =
        new SigningRules(SigningRules.OVERSIGNED, SigningRules.SIGNED, Optional.empty());
    Message plain = Message.of(Letter.octets(new Corpus(11).text(false, 9_400)));
    HeaderField field =
        new DkimSigner(InstantSource.system(), rules).sign(plain, List.of(signer.key())).getFirst();
    mail =
        MailBuilder.aMail()
            .from("alice@elsewhere.test")
            .to(Workshop.LOCAL)
            .client("198.51.100.7")
            .helo("mail.elsewhere.test")
            .message(plain.withHeaders(headers -> headers.withFirst(field)))
            .build();
  }

  /** One mail. */
  @Benchmark
  public PipelineRun run() {
    return engine.run(pipeline, Pipeline.ROOT, mail, false);
  }
}
