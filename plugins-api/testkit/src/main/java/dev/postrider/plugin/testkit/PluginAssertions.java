package dev.postrider.plugin.testkit;

import dev.postrider.plugin.Does;
import dev.postrider.plugin.Mail;
import dev.postrider.plugin.Mailet;
import dev.postrider.plugin.Matcher;
import dev.postrider.plugin.Outcome;
import dev.postrider.plugin.Recipient;
import dev.postrider.plugin.Terminal;
import java.util.Set;

/**
 * Runs one mailet or matcher on one mail as the host does, and asserts on the answer:
 *
 * <pre>{@code
 * assertThatMailet(new AddHeader("X-Tag", "y")).given(aMail()).continues().withHeader("X-Tag", "y");
 * assertThatMatcher(new RecipientIs(Set.of(bob))).given(mail).matches("bob@example.test");
 * }</pre>
 */
public final class PluginAssertions {

  private PluginAssertions() {}

  /** Starts an assertion on a mailet. */
  public static GivenMailet assertThatMailet(Mailet mailet) {
    return new GivenMailet(mailet);
  }

  /** Starts an assertion on a matcher. */
  public static GivenMatcher assertThatMatcher(Matcher matcher) {
    return new GivenMatcher(matcher);
  }

  /**
   * A mailet to run.
   *
   * @param mailet it
   */
  public record GivenMailet(Mailet mailet) {

    /**
     * Runs it on the mail.
     *
     * @throws AssertionError when a mailet marked {@link Terminal} lets the mail go on, or one that
     *     carries {@link Does} does something else
     */
    public OutcomeAssert given(Mail mail) {
      Outcome outcome = mailet.process(mail);
      if (mailet.getClass().isAnnotationPresent(Terminal.class)
          && outcome instanceof Outcome.Continue) {
        throw new AssertionError(
            mailet.getClass().getSimpleName() + " is @Terminal but lets the mail go on");
      }
      Observed.check(mailet, mail, outcome);
      return new OutcomeAssert(mail, outcome);
    }

    /** Runs it on the mail that the builder makes. */
    public OutcomeAssert given(MailBuilder mail) {
      return given(mail.build());
    }
  }

  /**
   * A matcher to run.
   *
   * @param matcher it
   */
  public record GivenMatcher(Matcher matcher) {

    /**
     * Runs it on the mail.
     *
     * @throws AssertionError when it answers recipients that the mail does not have
     */
    public MatchAssert given(Mail mail) {
      Set<Recipient> matched = matcher.match(mail);
      if (!mail.all().containsAll(matched)) {
        throw new AssertionError(
            "matched " + matched + ", but the mail only has " + mail.recipients());
      }
      return new MatchAssert(mail, matched);
    }

    /** Runs it on the mail that the builder makes. */
    public MatchAssert given(MailBuilder mail) {
      return given(mail.build());
    }
  }
}
