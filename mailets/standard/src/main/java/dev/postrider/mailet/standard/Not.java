package dev.postrider.mailet.standard;

import dev.postrider.plugin.Children;
import dev.postrider.plugin.Combination;
import dev.postrider.plugin.Combines;
import dev.postrider.plugin.Doc;
import dev.postrider.plugin.Mail;
import dev.postrider.plugin.Matcher;
import dev.postrider.plugin.Recipient;
import java.util.List;
import java.util.Set;

/** The complement of the union of the nested matchers, as in Apache James. */
@Doc("Matches the recipients that no nested matcher matches.")
@Combines(Combination.NONE)
public final class Not implements Matcher {

  private final Or children;

  /**
   * Nests matchers.
   *
   * @throws IllegalArgumentException when there is none
   */
  public Not(@Children List<Matcher> children) {
    this.children = new Or(children);
  }

  @Override
  public Set<Recipient> match(Mail mail) {
    Set<Recipient> matched = children.match(mail);
    return mail.recipientsIf(recipient -> !matched.contains(recipient));
  }
}
