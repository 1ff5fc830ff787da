package dev.postrider.kernel.pipeline;

import dev.postrider.plugin.Mail;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/** What a mail carries along that goes to another processor because a plugin failed. */
final class FaultNote {
  private static final String PROCESSOR = "postrider.fault.processor";

  private FaultNote() {}

  /** The mail with a note of what failed in which processor. */
  static Mail on(Mail mail, String fault, String processor) {
    return mail.withAttribute(PipelineEngine.FAULT, fault).withAttribute(PROCESSOR, processor);
  }

  /** Where a mail starts anew that was held because of a fault and is released. */
  static Optional<String> restart(Mail mail) {
    return mail.attribute(PipelineEngine.RELEASED).isPresent()
        ? mail.attribute(PROCESSOR)
        : Optional.empty();
  }

  /** The mail as if nothing had happened, so that a second fault is held like the first. */
  static Mail without(Mail mail) {
    Map<String, String> attributes = new HashMap<>(mail.attributes());
    attributes.remove(PipelineEngine.FAULT);
    attributes.remove(PROCESSOR);
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
}
