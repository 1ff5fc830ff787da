package dev.postrider.mailet.authentication.dmarc;

import dev.postrider.plugin.service.Dns;
import dev.postrider.plugin.service.DnsAnswer;
import dev.postrider.plugin.service.MxRecord;
import java.util.Optional;

/**
 * Checks an author's domain against what SPF and DKIM have proven (RFC 9989 §5.3). At most nine
 * lookups for the author and eight for each proven domain that lies in the same organization.
 */
final class DmarcCheck {

  private final Dns dns;
  private final TreeWalk walk;

  DmarcCheck(Dns dns) {
    this.dns = dns;
    this.walk = new TreeWalk(dns);
  }

  /**
   * Checks a domain.
   *
   * @param author in lower case, A-labels
   */
  DmarcAnswer check(String author, Proven proven) {
    TreeWalk.Walk walked = walk.from(author);
    Optional<TreeWalk.Found> holds = holding(walked, author);
    if (holds.isEmpty()) {
      return walked.unknown().isPresent()
          ? DmarcAnswer.without(DmarcAnswer.Result.TEMPERROR, walked.unknown().get())
          : DmarcAnswer.without(DmarcAnswer.Result.NONE, "no policy for " + author);
    }
    DmarcRecord record = holds.get().record();
    Alignment alignment = new Alignment(author, walked);
    boolean spf =
        proven.spf().filter(each -> alignment.holds(each, record.strictSpf())).isPresent();
    boolean dkim =
        proven.dkim().stream().anyMatch(each -> alignment.holds(each, record.strictDkim()));
    boolean unsure =
        alignment.incomplete
            || proven.unsure().stream()
                .anyMatch(each -> alignment.holds(each, record.strictDkim() && record.strictSpf()));
    Policy wanted = wanted(holds.get(), author);
    Policy policy = record.test() ? wanted.weaker() : wanted;
    DmarcAnswer.Result result =
        spf || dkim
            ? DmarcAnswer.Result.PASS
            : unsure ? DmarcAnswer.Result.TEMPERROR : DmarcAnswer.Result.FAIL;
    return new DmarcAnswer(
        result,
        result == DmarcAnswer.Result.PASS ? Policy.NONE : policy,
        result != DmarcAnswer.Result.PASS && policy != wanted,
        spf,
        dkim,
        Optional.of(new DmarcAnswer.Published(holds.get().domain(), record)),
        "p=" + wanted.word() + " of " + holds.get().domain());
  }

  // §4.10.1: the author's own, else that of the organization, else that of the public suffix.
  private static Optional<TreeWalk.Found> holding(TreeWalk.Walk walked, String author) {
    Optional<TreeWalk.Found> own = walked.at(author);
    if (own.isPresent() || walked.unknown().isPresent()) {
      return own;
    }
    return walked
        .at(walked.organization())
        .or(
            () ->
                walked.found().isEmpty()
                    ? Optional.empty()
                    : Optional.of(walked.found().getLast()));
  }

  private Policy wanted(TreeWalk.Found holds, String author) {
    DmarcRecord record = holds.record();
    return holds.domain().equals(author)
        ? record.policy()
        : record.ofBelow(record.ofMissing().isEmpty() || exists(author));
  }

  // RFC 8020: no such name, and so nothing below it.
  private boolean exists(String domain) {
    DnsAnswer<MxRecord> answer = dns.mx(domain);
    return !(answer instanceof DnsAnswer.NoSuchName<MxRecord>);
  }

  /** Whether a proven domain speaks for the author's (§4.4). */
  private final class Alignment {
    private final String author;
    private final String organization;
    private boolean incomplete;

    Alignment(String author, TreeWalk.Walk walked) {
      this.author = author;
      this.organization = walked.organization();
      this.incomplete = walked.unknown().isPresent();
    }

    boolean holds(String domain, boolean strict) {
      if (domain.equals(author)) {
        return true;
      }
      if (strict || !isWithin(domain)) {
        return false;
      }
      TreeWalk.Walk walked = walk.from(domain);
      incomplete |= walked.unknown().isPresent();
      return walked.unknown().isEmpty() && walked.organization().equals(organization);
    }

    // Domains of one organization lie at or below its name.
    private boolean isWithin(String domain) {
      return domain.equals(organization) || domain.endsWith("." + organization);
    }
  }
}
