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

/** The union of the nested matchers; each sees all recipients. */
@Doc("Matches the recipients that at least one nested matcher matches.")
@Combines(Combination.ANY)
public final class Or implements Matcher {

  private final List<Matcher> children;

  /**
   * Nests matchers.
   *
   * @throws IllegalArgumentException when there is none
   */
  public Or(@Children List<Matcher> children) {
    this.children = List.copyOf(Given.some("matcher", children));
  }

  @Override
  public Set<Recipient> match(Mail mail) {
    Set<Recipient> all = mail.all();
    Set<Recipient> matched = new HashSet<>();
    for (Matcher child : children) {
      if (matched.size() == all.size()) {
        break;
      }
      matched.addAll(child.match(mail));
    }
    return Set.copyOf(matched);
  }
}
