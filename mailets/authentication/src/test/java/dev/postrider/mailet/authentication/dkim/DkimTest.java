package dev.postrider.mailet.authentication.dkim;

import static org.assertj.core.api.Assertions.assertThat;

import dev.postrider.mailet.authentication.results.MethodResult;
import dev.postrider.mailet.authentication.results.Verdicts;
import dev.postrider.plugin.HeaderField;
import dev.postrider.plugin.Mail;
import dev.postrider.plugin.Message;
import dev.postrider.plugin.Outcome;
import dev.postrider.plugin.service.Dns;
import dev.postrider.plugin.testkit.FixedClock;
import dev.postrider.plugin.testkit.InMemoryDns;
import dev.postrider.plugin.testkit.MailBuilder;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class DkimTest {

  private static final TestKeys ED = TestKeys.ed25519("e");
  private static final FixedClock CLOCK = FixedClock.at("2026-11-23T12:00:00Z");

  @Test
  void aMailWithoutSignatureHasNone() {
    assertThat(results(MailBuilder.aMail().build(), new InMemoryDns()))
        .containsExactly(MethodResult.of("dkim", "none"));
  }

  @Test
  void eachSignatureLeavesItsResult() throws IOException {
    Message message = MailBuilder.aMail().build().message();
    SigningRules rules =
        new SigningRules(SigningRules.OVERSIGNED, SigningRules.SIGNED, Optional.empty());
    HeaderField good = new DkimSigner(CLOCK, rules).sign(message, List.of(ED.signing())).getFirst();
    Message signed =
        message.withHeaders(
            h -> h.withFirst(good).withFirst(HeaderField.of("DKIM-Signature", "v=1; x")));
    Mail mail = MailBuilder.aMail().message(signed).build();
    List<MethodResult> results = results(mail, ED.published());
    assertThat(results).extracting(MethodResult::result).containsExactly("neutral", "pass");
    assertThat(results.getLast().value("header", "d")).contains("example.org");
    assertThat(results.getLast().value("header", "i")).contains("@example.org");
    assertThat(results.getLast().value("header", "s")).contains("e");
    assertThat(results.getLast().value("header", "a")).contains("ed25519-sha256");
    assertThat(results.getLast().value("header", "b").orElseThrow()).hasSize(8);
    assertThat(results.getLast().comment()).contains("256-bit key");
  }

  @Test
  void aKeyBeingTriedOutMakesNoMailWorse() throws IOException { // RFC 6376 §3.6.1, t=y
    Message message = MailBuilder.aMail().build().message();
    SigningRules rules = new SigningRules(SigningRules.OVERSIGNED, List.of(), Optional.empty());
    HeaderField good = new DkimSigner(CLOCK, rules).sign(message, List.of(ED.signing())).getFirst();
    Message signed = message.withHeaders(h -> h.withFirst(good));
    Message changed = signed.withHeaders(h -> h.withLast(HeaderField.of("Subject", "more")));
    InMemoryDns tried = new InMemoryDns().withTxt(ED.name(), ED.record() + "; t=y");
    assertThat(results(MailBuilder.aMail().message(changed).build(), ED.published()))
        .extracting(MethodResult::result)
        .containsExactly("fail");
    assertThat(results(MailBuilder.aMail().message(changed).build(), tried))
        .extracting(MethodResult::result)
        .containsExactly("neutral");
    assertThat(results(MailBuilder.aMail().message(signed).build(), tried))
        .extracting(MethodResult::result)
        .containsExactly("pass");
  }

  /** Resources that a sender can take: signatures, lists of names, the body. */
  @Test
  void aThousandSignaturesAndHugeListsCostLittle() {
    String b = "A".repeat(100);
    String huge = "from:" + "to:".repeat(8_000) + "subject";
    StringBuilder out = new StringBuilder();
    for (int i = 0; i < 1_000; i++) {
      out.append("DKIM-Signature: v=1; a=rsa-sha256; c=relaxed/simple; l=").append(i);
      out.append("; d=d").append(i).append(".example.org; s=s; bh=").append(b).append("; h=");
      out.append(i < 4 ? huge : "from:to").append("; b=").append(b).append("\r\n");
    }
    out.append("From: a@example.org\r\n\r\n").append("line of text \r\n".repeat(200_000));
    Message message = Message.of(out.toString().getBytes(StandardCharsets.ISO_8859_1));
    InMemoryDns dns = new InMemoryDns();
    for (int i = 0; i < 1_000; i++) {
      dns.withTxt("s._domainkey.d" + i + ".example.org", TestRecords.RSA_1024);
    }
    Mail mail = MailBuilder.aMail().message(message).build();
    results(mail, dns);
    int before = dns.queries().size();
    long allocated = allocated();
    long start = ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime();
    List<MethodResult> results = results(mail, dns);
    Duration took =
        Duration.ofNanos(ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime() - start);
    long used = allocated() - allocated;
    assertThat(dns.queries().size() - before).isLessThanOrEqualTo(10);
    assertThat(results).hasSizeLessThanOrEqualTo(11);
    assertThat(results.getLast().reason()).hasValueSatisfying(r -> assertThat(r).contains("more"));
    assertThat(took).isLessThan(Duration.ofSeconds(2));
    assertThat(used).isLessThan(8L << 20);
    System.out.printf(
        "1,000 DKIM signatures over 3 MB: %d ms, %d KB of heap%n", took.toMillis(), used / 1024);
  }

  private static long allocated() {
    return ((com.sun.management.ThreadMXBean) ManagementFactory.getThreadMXBean())
        .getCurrentThreadAllocatedBytes();
  }

  private static List<MethodResult> results(Mail mail, Dns dns) {
    Outcome outcome = new Dkim(dns, CLOCK, 10, 1024).process(mail);
    return Verdicts.of(((Outcome.Continue) outcome).mail());
  }
}
