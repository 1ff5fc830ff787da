package dev.postrider.kernel.pipeline;

import dev.postrider.plugin.Envelope;
import dev.postrider.plugin.Mail;
import dev.postrider.plugin.Message;
import dev.postrider.plugin.Recipient;
import dev.postrider.plugin.ReversePath;
import dev.postrider.plugin.Stage;
import java.util.ArrayList;
import java.util.List;

/**
 * Takes a mail through the session processors and then through the pipeline, as a session would,
 * and commits nothing. The relay rule of the door and the trace fields that a session adds are not
 * part of it. Thread: any; waits for the plugins.
 */
public final class Passage {

  private final PipelineEngine engine;
  private final Pipeline pipeline;

  /** Through this pipeline. */
  public Passage(PipelineEngine engine, Pipeline pipeline) {
    this.engine = engine;
    this.pipeline = pipeline;
  }

  /** Goes as far as the session processors let the mail. */
  public Way of(Arrival arrival) {
    List<Leg> legs = new ArrayList<>();
    Envelope nobody = Envelope.of(ReversePath.NULL, List.of(Recipient.ANYONE));
    Envelope sender = nobody.withSender(arrival.sender());
    if (allowed(Pipeline.CONNECT, mail(arrival, Stage.CONNECT, nobody, Message.none()), legs)
        && allowed(Pipeline.SENDER, mail(arrival, Stage.SENDER, sender, Message.none()), legs)) {
      List<Recipient> taken = new ArrayList<>();
      for (Recipient recipient : arrival.recipients()) {
        Envelope one = Envelope.of(arrival.sender(), List.of(recipient));
        Mail asked = mail(arrival, Stage.RECIPIENT, one, Message.none());
        if (allowed(Pipeline.RECIPIENT, asked, legs)) {
          taken.add(recipient);
        }
      }
      if (!taken.isEmpty()) {
        Envelope envelope = Envelope.of(arrival.sender(), taken);
        Mail mail = mail(arrival, Stage.MESSAGE, envelope, arrival.message());
        legs.add(new Leg(Pipeline.MESSAGE, engine.run(pipeline, Pipeline.MESSAGE, mail, true)));
      }
    }
    return new Way(arrival, legs);
  }

  private boolean allowed(String processor, Mail mail, List<Leg> legs) {
    if (pipeline.processor(processor).isEmpty()) {
      return true;
    }
    Leg leg = new Leg(processor, engine.run(pipeline, processor, mail, true));
    legs.add(leg);
    return !leg.ends();
  }

  private static Mail mail(Arrival arrival, Stage stage, Envelope envelope, Message message) {
    return new Mail(
        arrival.id(),
        stage,
        arrival.client(),
        envelope,
        message,
        arrival.attributes(),
        arrival.at());
  }
}
