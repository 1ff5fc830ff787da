package dev.postrider.mailet.authentication.dmarc;

import java.util.Optional;

/**
 * What the check of an author's domain came to.
 *
 * @param result what it is
 * @param policy what the domain wants to happen; NONE where it passed or says nothing
 * @param tested whether the policy was made weaker because the domain only tries it out
 * @param alignedSpf whether SPF proves the author's domain
 * @param alignedDkim whether DKIM does
 * @param published the policy and where it stands
 * @param why what decided it, for people
 */
public record DmarcAnswer(
    Result result,
    Policy policy,
    boolean tested,
    boolean alignedSpf,
    boolean alignedDkim,
    Optional<Published> published,
    String why) {

  /** The results (RFC 8601 §2.7.1, RFC 9989 §9). */
  public enum Result {
    /** The author's domain is proven. */
    PASS,
    /** It is not. */
    FAIL,
    /** The domain has no policy. */
    NONE,
    /** The DNS did not answer. */
    TEMPERROR,
    /** There is no single author's domain. */
    PERMERROR
  }

  /**
   * The policy that holds.
   *
   * @param domain where it stands
   * @param record what it says
   * @param stated what that means for this author if it fails, test mode or not
   */
  public record Published(String domain, DmarcRecord record, Policy stated) {}

  static DmarcAnswer without(Result result, String why) {
    return new DmarcAnswer(result, Policy.NONE, false, false, false, Optional.empty(), why);
  }
}
