package dev.postrider.kernel.pipeline;

import dev.postrider.plugin.Mail;
import dev.postrider.plugin.Recipient;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * A part of the mail on its way.
 *
 * @param mail with the recipients that go this way
 * @param processor where it is
 * @param index of the entry that comes next
 * @param hops how often it went to another processor
 * @param after the number of the step of the trace that it comes from; -1 at the start
 */
record Branch(Mail mail, Processor processor, int index, int hops, int after) {

  boolean atEnd() {
    return index >= processor.entries().size();
  }

  Entry entry() {
    return processor.entries().get(index);
  }

  Branch next(Mail changed, int step) {
    return new Branch(changed, processor, index + 1, hops, step);
  }

  /** The same mail for some of its recipients; the mail itself where that is all of them. */
  Mail part(List<Recipient> some) {
    return some.size() == mail.recipients().size() ? mail : mail.withRecipients(some);
  }

  /** The recipients that are not among these, in their order. */
  List<Recipient> without(List<Recipient> some) {
    if (some.size() == mail.recipients().size()) {
      return List.of();
    }
    Set<Recipient> gone = new HashSet<>(some);
    return mail.recipients().stream().filter(each -> !gone.contains(each)).toList();
  }
}
