package dev.postrider.kernel.pipeline;

import dev.postrider.plugin.Mail;
import dev.postrider.plugin.Matcher;
import dev.postrider.plugin.Recipient;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/**
 * Notes what the matchers inside of a matcher answer during one call. Written by the thread of the
 * call; read by another one where that call does not come back.
 */
final class ConditionLog {

  /** The log of the call under way on this thread. */
  static final ScopedValue<ConditionLog> CURRENT = ScopedValue.newInstance();

  private List<Condition> open = new ArrayList<>();

  /** Asks the matcher and notes its answer. */
  Set<Recipient> ask(NamedMatcher named, Matcher inner, Mail mail) {
    List<Condition> outer = descend();
    Set<Recipient> matched = Set.of();
    try {
      matched = inner.match(mail);
      return matched;
    } finally {
      ascend(outer, named, mail, matched);
    }
  }

  private synchronized List<Condition> descend() {
    List<Condition> outer = open;
    open = new ArrayList<>();
    return outer;
  }

  private synchronized void ascend(
      List<Condition> outer, NamedMatcher named, Mail mail, Set<Recipient> matched) {
    List<Recipient> inOrder = mail.recipients().stream().filter(matched::contains).toList();
    outer.add(new Condition(named.text(), named.place(), inOrder, named.how(), open));
    open = outer;
  }

  synchronized List<Condition> conditions() {
    return List.copyOf(open);
  }
}
