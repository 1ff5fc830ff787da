package dev.postrider.kernel.pipeline;

import dev.postrider.kernel.problem.Place;
import dev.postrider.plugin.Combination;
import dev.postrider.plugin.Mail;
import dev.postrider.plugin.Matcher;
import dev.postrider.plugin.Recipient;
import java.util.Optional;
import java.util.Set;

/**
 * A matcher inside of another one; a trace shows what it answers.
 *
 * @param text as written
 * @param place where
 * @param inner the matcher itself
 * @param how its answer comes of those of the matchers inside of it; empty where that is not known
 */
public record NamedMatcher(String text, Place place, Matcher inner, Optional<Combination> how)
    implements Matcher {

  @Override
  public Set<Recipient> match(Mail mail) {
    return ConditionLog.CURRENT.isBound()
        ? ConditionLog.CURRENT.get().ask(this, inner, mail)
        : inner.match(mail);
  }
}
