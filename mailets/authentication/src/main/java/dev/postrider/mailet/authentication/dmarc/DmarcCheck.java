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
    if (!record.usable()) {
      return DmarcAnswer.without(
          DmarcAnswer.Result.NONE, "the record of " + holds.get().domain() + " says no policy");
    }
    Alignment alignment = new Alignment(walk, author, walked);
    boolean spf = proven.spf().filter(each -> alignment.of(each, record.strictSpf())).isPresent();
    boolean dkim = proven.dkim().stream().anyMatch(each -> alignment.of(each, record.strictDkim()));
    boolean unsure =
        proven.unsureSpf().filter(each -> alignment.of(each, record.strictSpf())).isPresent()
            || proven.unsureDkim().stream()
                .anyMatch(each -> alignment.of(each, record.strictDkim()))
            || alignment.isUnsure();
    Policy stated = stated(holds.get(), author);
    Policy policy = record.test() ? stated.weaker() : stated;
    DmarcAnswer.Result result =
        spf || dkim
            ? DmarcAnswer.Result.PASS
            : unsure ? DmarcAnswer.Result.TEMPERROR : DmarcAnswer.Result.FAIL;
    return new DmarcAnswer(
        result,
        result == DmarcAnswer.Result.PASS ? Policy.NONE : policy,
        result != DmarcAnswer.Result.PASS && policy != stated,
        spf,
        dkim,
        Optional.of(new DmarcAnswer.Published(holds.get().domain(), record, stated)),
        "p=" + stated.word() + " of " + holds.get().domain());
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

  private Policy stated(TreeWalk.Found holds, String author) {
    DmarcRecord record = holds.record();
    if (holds.domain().equals(author)) {
      return record.policy();
    }
    if (record.ofMissing().isEmpty()) {
      return record.ofBelow(true);
    }
    return switch (dns.mx(author)) {
      // RFC 8020: no such name, and so nothing below it.
      case DnsAnswer.NoSuchName<MxRecord> _ -> record.ofBelow(false);
      case DnsAnswer.Found<MxRecord> _, DnsAnswer.NoData<MxRecord> _ -> record.ofBelow(true);
      // Which of the two it is can't be known (§5.3.6).
      case DnsAnswer.Failed<MxRecord> _ -> record.ofBelow(true).atMost(record.ofBelow(false));
    };
  }
}
