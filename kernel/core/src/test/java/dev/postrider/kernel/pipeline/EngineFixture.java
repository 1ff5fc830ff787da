package dev.postrider.kernel.pipeline;

import dev.postrider.plugin.EmailAddress;
import dev.postrider.plugin.Mail;
import dev.postrider.plugin.Matcher;
import dev.postrider.plugin.Outcome;
import dev.postrider.plugin.ProcessorName;
import dev.postrider.plugin.Recipient;
import dev.postrider.plugin.testkit.MailBuilder;
import java.time.InstantSource;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/** An engine and mails, matchers and mailets to run on it. */
abstract class EngineFixture {

  static final Recipient A = recipient("a@example.test");
  static final Recipient B = recipient("b@example.test");
  static final Recipient C = recipient("c@example.test");

  final PipelineEngine engine =
      new PipelineEngine(PipelinePolicy.defaults(), InstantSource.system(), new HandTimers());

  static Recipient recipient(String address) {
    return Recipient.of(EmailAddress.parse(address));
  }

  static Mail mail(Recipient... recipients) {
    return MailBuilder.aMail()
        .from("s@example.org")
        .to("x@example.test")
        .subject("hello")
        .build()
        .withRecipients(List.of(recipients));
  }

  static Matcher only(Recipient... recipients) {
    Set<Recipient> wanted = Set.of(recipients);
    return mail -> mail.recipientsIf(wanted::contains);
  }

  Plan plan(Pipeline pipeline, Mail mail) {
    return engine.run(pipeline, Pipeline.ROOT, mail, false).plan();
  }

  static List<String> told(Plan plan) {
    return plan.steps().stream().map(Words::of).collect(Collectors.toList());
  }

  static Pipelines pipeline() {
    return Pipelines.with("error")
        .end(mail -> new Outcome.Hold(mail.attribute(PipelineEngine.FAULT).orElse("")))
        .and("root");
  }

  static ProcessorName name(String text) {
    return new ProcessorName(text);
  }
}
