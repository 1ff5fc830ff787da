package dev.postrider.kernel.pipeline;

import dev.postrider.plugin.Mail;
import dev.postrider.plugin.ProcessorName;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/**
 * How mail goes on that an admin released, where the processor that held it ends with the entry
 * that did: mail held for a fault starts anew where a plugin failed, other mail in {@code root},
 * where it is not sent to that processor again.
 */
final class Released {
  private static final String FAULT_PROCESSOR = "postrider.fault.processor";
  private static final String FROM = "postrider.released.from";

  private Released() {}

  /** A mail and the processor where it starts anew. */
  record Restart(Mail mail, String processor) {}

  /** The mail with a note of what failed in which processor. */
  static Mail withFault(Mail mail, String fault, String processor) {
    return mail.withAttribute(PipelineEngine.FAULT, fault)
        .withAttribute(FAULT_PROCESSOR, processor);
  }

  /** What to do with a mail that fell off the end of a processor; empty where nothing helps. */
  static Optional<Restart> restart(Mail mail, String ended, Pipeline pipeline) {
    if (mail.attribute(PipelineEngine.RELEASED).isEmpty()) {
      return Optional.empty();
    }
    Optional<String> failedIn = mail.attribute(FAULT_PROCESSOR);
    if (failedIn.isPresent()) {
      boolean there = pipeline.processor(failedIn.get()).isPresent();
      return Optional.of(new Restart(withoutFault(mail), there ? failedIn.get() : Pipeline.ROOT));
    }
    boolean again = mail.attribute(FROM).filter(ended::equals).isPresent();
    return again || ended.equals(Pipeline.ROOT)
        ? Optional.empty()
        : Optional.of(new Restart(mail.withAttribute(FROM, ended), Pipeline.ROOT));
  }

  // As if nothing had happened, so that a second fault is held like the first.
  private static Mail withoutFault(Mail mail) {
    Map<String, String> attributes = new HashMap<>(mail.attributes());
    attributes.remove(PipelineEngine.FAULT);
    attributes.remove(FAULT_PROCESSOR);
    attributes.remove(PipelineEngine.RELEASED);
    return new Mail(
        mail.id(),
        mail.stage(),
        mail.client(),
        mail.envelope(),
        mail.message(),
        attributes,
        mail.receivedAt());
  }

  /** Whether the mail was released from this processor. */
  static boolean isFrom(Mail mail, ProcessorName processor) {
    return mail.attribute(PipelineEngine.RELEASED).isPresent()
        && mail.attribute(FROM).filter(processor.name()::equals).isPresent();
  }
}
