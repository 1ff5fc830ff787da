package dev.postrider.kernel.host.pipeline;

import static org.assertj.core.api.Assertions.assertThat;

import dev.postrider.kernel.contracts.VirtualTime;
import dev.postrider.kernel.pipeline.Pipeline;
import dev.postrider.kernel.pipeline.PipelineEngine;
import dev.postrider.kernel.pipeline.PipelinePolicy;
import dev.postrider.kernel.pipeline.Plan;
import dev.postrider.plugin.Mail;
import dev.postrider.plugin.Recipient;
import dev.postrider.plugin.testkit.MailBuilder;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ShippedPipelineTest {

  private static final Path SHIPPED = Path.of("..", "..", "dist", "conf", "pipeline.xml");

  @TempDir Path home;
  private Workbench workbench;

  @BeforeEach
  void open() {
    workbench = new Workbench(home);
  }

  @AfterEach
  void close() {
    workbench.close();
  }

  private Pipeline shipped(Map<String, String> environment) {
    PipelineLoad load = workbench.load(SHIPPED, environment);
    assertThat(load).isInstanceOf(PipelineLoad.Loaded.class);
    assertThat(load.notices()).isEmpty();
    return ((PipelineLoad.Loaded) load).pipeline();
  }

  /** What is decided for whom, as {@code Deliver bob@example.test}. */
  private List<String> plan(String processor, Mail mail, Map<String, String> environment) {
    VirtualTime time = new VirtualTime();
    PipelineEngine engine = new PipelineEngine(PipelinePolicy.defaults(), time, time);
    return engine.run(shipped(environment), processor, mail, false).plan().steps().stream()
        .map(ShippedPipelineTest::shown)
        .sorted()
        .toList();
  }

  private static String shown(Plan.Step step) {
    String who =
        step.mail().recipients().stream()
            .map(Recipient::toString)
            .sorted()
            .collect(Collectors.joining(" "));
    return switch (step) {
      case Plan.Step.Refuse refuse -> refuse.status() + " " + who;
      case Plan.Step.Hold hold -> "Hold (" + hold.reason() + ") " + who;
      case Plan.Step other -> other.getClass().getSimpleName() + " " + who;
    };
  }

  private List<String> plan(Mail mail) {
    return plan(Pipeline.ROOT, mail, Map.of());
  }

  @Test
  void hasEveryProcessorWithAMeaning() {
    assertThat(shipped(Map.of()).processors())
        .containsKeys("connect", "sender", "recipient", "message", "root", "bounces", "error");
  }

  @Test
  void localRecipientsAndOthersPart() {
    assertThat(
            plan(
                MailBuilder.aMail()
                    .loggedInAs("bob@example.test")
                    .client("198.51.100.7")
                    .to("bob@example.test", "carol@elsewhere.test")
                    .build()))
        .containsExactly("Deliver bob@example.test", "Relay carol@elsewhere.test");
  }

  @Test
  void strangersDoNotRelay() {
    assertThat(plan(MailBuilder.aMail().client("198.51.100.7").to("carol@elsewhere.test").build()))
        .containsExactly("550 5.7.1 Relaying denied carol@elsewhere.test");
  }

  @Test
  void relayNetworksDo() {
    Mail mail = MailBuilder.aMail().client("198.51.100.7").to("carol@elsewhere.test").build();
    assertThat(
            plan(Pipeline.ROOT, mail, Map.of("POSTRIDER_RELAY_NETWORKS", "198.51.100.0/24, ::1")))
        .containsExactly("Relay carol@elsewhere.test");
  }

  @Test
  void aNameThatIsGoneIsNotSentAround() {
    assertThat(
            plan(
                MailBuilder.aMail()
                    .loggedInAs("bob@example.test")
                    .to("nobody@example.test")
                    .build()))
        .containsExactly("550 5.1.1 No such mailbox here nobody@example.test");
  }

  @Test
  void loopsEnd() {
    MailBuilder mail = MailBuilder.aMail().to("bob@example.test");
    for (int i = 0; i < 50; i++) {
      mail.header("Received", "from a by b; Thu, 15 Jan 2026 12:00:00 +0000");
    }
    assertThat(plan(mail.build()))
        .containsExactly(
            "550 5.4.6 Too many Received fields: the mail goes round in circles bob@example.test");
  }

  @Test
  void reportsReachLocalAndRemoteSenders() {
    Mail report =
        MailBuilder.aMail().fromNobody().to("bob@example.test", "carol@elsewhere.test").build();
    assertThat(plan(Pipeline.BOUNCES, report, Map.of()))
        .containsExactly("Deliver bob@example.test", "Relay carol@elsewhere.test");
  }

  @Test
  void faultsWaitForAnAdmin() {
    assertThat(plan(Pipeline.ERROR, MailBuilder.aMail().to("bob@example.test").build(), Map.of()))
        .containsExactly("Hold (a plugin failed, see the log) bob@example.test");
  }

  @Test
  void theSessionProcessorsLetAllPass() {
    Mail mail = MailBuilder.aMail().to("bob@example.test").build();
    assertThat(plan(Pipeline.CONNECT, mail, Map.of())).isEmpty();
    assertThat(plan(Pipeline.SENDER, mail, Map.of())).isEmpty();
    assertThat(plan(Pipeline.RECIPIENT, mail, Map.of())).isEmpty();
    assertThat(plan(Pipeline.MESSAGE, mail, Map.of())).containsExactly("Deliver bob@example.test");
  }
}
