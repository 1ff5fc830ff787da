package dev.postrider.mailet.authentication.dmarc;

import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/**
 * What this server makes of a policy, and why it does less than the domain wants.
 *
 * @param disposition what happens
 * @param override why it is less, where it is
 */
public record Enforcement(Policy disposition, Optional<Reason> override) {

  /** Reasons to do less (RFC 9990 §3.1.6). */
  public enum Reason {
    /** The admin says so. */
    LOCAL_POLICY,
    /** A mailing list has changed the mail. */
    MAILING_LIST,
    /** The domain only tries its policy out. */
    POLICY_TEST_MODE,
    /** Others whom the admin trusts found it in order before it was changed. */
    TRUSTED_FORWARDER;

    /** As in reports. */
    public String word() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  /**
   * What the admin allows.
   *
   * @param most the strongest thing that is done
   * @param lists domains of mailing lists whose word counts where SPF or DKIM proves them
   * @param exempt authors' domains whose policy is not applied
   * @param spareLists whether mail that a list hands on is refused by no policy
   */
  record Rules(Policy most, Set<String> lists, Set<String> exempt, boolean spareLists) {
    Rules {
      lists = Set.copyOf(lists);
      exempt = Set.copyOf(exempt);
    }
  }

  /**
   * Decides.
   *
   * @param trustedForwarder whether one whom the admin trusts found it in order
   * @param byList whether a list whose domain is proven hands it on
   */
  static Enforcement of(
      DmarcAnswer answer,
      String author,
      Proven proven,
      Rules rules,
      boolean trustedForwarder,
      boolean byList) {
    // In doubt no policy refuses, but what a domain wants refused is not for the inbox either.
    Policy wanted =
        answer.result() == DmarcAnswer.Result.TEMPERROR
            ? answer.policy().atMost(Policy.QUARANTINE)
            : answer.policy();
    if (wanted == Policy.NONE) {
      return new Enforcement(
          Policy.NONE, answer.tested() ? Optional.of(Reason.POLICY_TEST_MODE) : Optional.empty());
    }
    if (trustedForwarder) {
      return new Enforcement(Policy.NONE, Optional.of(Reason.TRUSTED_FORWARDER));
    }
    if (rules.exempt().contains(author)) {
      return new Enforcement(Policy.NONE, Optional.of(Reason.LOCAL_POLICY));
    }
    boolean listed =
        proven.spf().filter(rules.lists()::contains).isPresent()
            || proven.dkim().stream().anyMatch(rules.lists()::contains);
    if (listed) {
      return new Enforcement(Policy.NONE, Optional.of(Reason.MAILING_LIST));
    }
    Policy done = wanted.atMost(rules.most());
    // §7.4: lists take those off whose servers refuse what others wrote.
    if (byList && rules.spareLists() && done == Policy.REJECT) {
      return new Enforcement(Policy.QUARANTINE, Optional.of(Reason.MAILING_LIST));
    }
    return new Enforcement(
        done,
        done != wanted
            ? Optional.of(Reason.LOCAL_POLICY)
            : answer.tested() ? Optional.of(Reason.POLICY_TEST_MODE) : Optional.empty());
  }
}
