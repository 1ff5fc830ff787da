package dev.postrider.kernel.admin;

import dev.postrider.kernel.pipeline.Pipeline;
import dev.postrider.kernel.pipeline.PipelineEngine;
import dev.postrider.kernel.pipeline.PipelineRun;
import dev.postrider.kernel.pipeline.Plan;
import dev.postrider.kernel.port.Ids;
import dev.postrider.plugin.Client;
import dev.postrider.plugin.EmailAddress;
import dev.postrider.plugin.Envelope;
import dev.postrider.plugin.Mail;
import dev.postrider.plugin.Message;
import dev.postrider.plugin.Recipient;
import dev.postrider.plugin.ReversePath;
import dev.postrider.plugin.Stage;
import dev.postrider.plugin.Text;
import java.io.IOException;
import java.net.InetAddress;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * Runs a mail through the session processors and the pipeline as a session at listener {@code smtp}
 * without a login would, and commits nothing. The relay rule of the door and the trace fields that
 * a session adds are not part of it.
 */
public final class DryRun implements Tracer {

  private final Supplier<Pipeline> pipeline;
  private final PipelineEngine engine;
  private final Ids ids;
  private final InstantSource clock;

  /** Each trace takes the pipeline that is in use then. */
  public DryRun(Supplier<Pipeline> pipeline, PipelineEngine engine, Ids ids, InstantSource clock) {
    this.pipeline = pipeline;
    this.engine = engine;
    this.ids = ids;
    this.clock = clock;
  }

  @Override
  public AdminAnswer trace(TraceRequest request) {
    try {
      Client client =
          new Client(
              InetAddress.ofLiteral(request.client()),
              "trace.invalid",
              "ESMTP",
              "smtp",
              Optional.empty(),
              false);
      ReversePath sender = ReversePath.parse(request.from());
      List<Recipient> recipients = recipients(request.to());
      Message message = Message.read(request.message());
      return new AdminAnswer.Done(String.join("\n", lines(client, sender, recipients, message)));
    } catch (IllegalArgumentException e) {
      return AdminAnswer.invalid(Text.shown(String.valueOf(e.getMessage())));
    } catch (IOException e) {
      return AdminAnswer.invalid("the message can't be read: " + e.getMessage());
    }
  }

  private static List<Recipient> recipients(List<String> to) {
    if (to.isEmpty()) {
      throw new IllegalArgumentException("a trace needs at least one recipient");
    }
    return to.stream().map(EmailAddress::parse).map(Recipient::of).toList();
  }

  private List<String> lines(
      Client client, ReversePath sender, List<Recipient> recipients, Message message) {
    Pipeline used = pipeline.get();
    List<String> out = new ArrayList<>();
    Envelope nobody = Envelope.of(ReversePath.NULL, List.of(Recipient.ANYONE));
    if (session(used, Pipeline.CONNECT, mail(Stage.CONNECT, client, nobody, Message.none()), out)
        && session(
            used,
            Pipeline.SENDER,
            mail(Stage.SENDER, client, nobody.withSender(sender), Message.none()),
            out)) {
      List<Recipient> taken = new ArrayList<>();
      for (Recipient recipient : recipients) {
        Envelope one = Envelope.of(sender, List.of(recipient));
        Mail asked = mail(Stage.RECIPIENT, client, one, Message.none());
        if (session(used, Pipeline.RECIPIENT, asked, out)) {
          taken.add(recipient);
        }
      }
      if (!taken.isEmpty()) {
        Mail mail = mail(Stage.MESSAGE, client, Envelope.of(sender, taken), message);
        boolean atDoor = used.processor(Pipeline.MESSAGE).isPresent();
        PipelineRun run = engine.run(used, atDoor ? Pipeline.MESSAGE : Pipeline.ROOT, mail, true);
        out.addAll(run.trace().lines(run.plan()));
      }
    }
    return out;
  }

  /** Whether the session would go on. */
  private boolean session(Pipeline used, String processor, Mail mail, List<String> out) {
    if (used.processor(processor).isEmpty()) {
      return true;
    }
    PipelineRun run = engine.run(used, processor, mail, true);
    List<String> lines = run.trace().lines(run.plan());
    if (run.plan().steps().isEmpty()) {
      lines.removeLast();
      lines.add("processor " + processor + " allows it");
    }
    out.addAll(lines);
    return run.plan().steps().stream().noneMatch(DryRun::ends);
  }

  private static boolean ends(Plan.Step step) {
    return switch (step) {
      case Plan.Step.Refuse _, Plan.Step.Defer _, Plan.Step.Hold _, Plan.Step.Discard _ -> true;
      case Plan.Step.Deliver _, Plan.Step.Relay _, Plan.Step.Bounce _, Plan.Step.Emit _ -> false;
    };
  }

  private Mail mail(Stage stage, Client client, Envelope envelope, Message message) {
    return new Mail(ids.next(), stage, client, envelope, message, Map.of(), clock.instant());
  }
}
