package dev.postrider.mailet.standard;

import dev.postrider.plugin.Children;
import dev.postrider.plugin.Combination;
import dev.postrider.plugin.Combines;
import dev.postrider.plugin.Doc;
import dev.postrider.plugin.Mail;
import dev.postrider.plugin.Matcher;
import dev.postrider.plugin.Recipient;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** The intersection of the nested matchers; each sees all recipients. */
@Doc("Matches the recipients that all nested matchers match.")
@Combines(Combination.ALL)
public final class And implements Matcher {

  private final List<Matcher> children;

  /**
   * Nests matchers.
   *
   * @throws IllegalArgumentException when there is none
   */
  public And(@Children List<Matcher> children) {
    this.children = List.copyOf(Given.some("matcher", children));
  }

  @Override
  public Set<Recipient> match(Mail mail) {
    Set<Recipient> matched = new HashSet<>(mail.recipients());
    for (Matcher child : children) {
      if (matched.isEmpty()) {
        return mail.none();
      }
      matched.retainAll(child.match(mail));
    }
    return Set.copyOf(matched);
  }
}
