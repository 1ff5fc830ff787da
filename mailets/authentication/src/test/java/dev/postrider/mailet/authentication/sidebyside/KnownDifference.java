package dev.postrider.mailet.authentication.sidebyside;

import dev.postrider.plugin.Mail;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;

/** Where others judge otherwise than we do, and why we do not follow them. */
enum KnownDifference {
  PYTHON_HAS_ONE_WORD(
      "python's dkim and spf",
      "dkim",
      Set.of("permerror", "policy"),
      Set.of("fail"),
      _ -> true,
      "dkimpy only says that a signature does not hold; RFC 8601 §2.7.1 has words for why"),
  RSPAMD_READS_BROKEN_SPF(
      "rspamd",
      "spf",
      Set.of("permerror"),
      Set.of("pass", "fail"),
      mail -> mail.sender().toString().endsWith("@broken.example"),
      "a syntax error anywhere in a policy makes it void (RFC 7208 §4.6); rspamd passes over what"
          + " it does not know"),
  RSPAMD_BREAKS_DOUBLED_FIELDS(
      "rspamd",
      "dkim",
      Set.of("pass", "policy"),
      Set.of("fail"),
      mail -> mail.message().headers().count("Cc") > 1,
      "a field that is there twice and was signed twice is unchanged (RFC 6376 §5.4.2); rspamd"
          + " breaks the signature of what RFC 5322 §3.6 allows only once"),
  RSPAMD_TAKES_WEAK_KEYS(
      "rspamd",
      "dkim",
      Set.of("policy"),
      Set.of("pass"),
      mail -> signature(mail).contains("s=w;"),
      "RSA keys under 1024 bits prove nothing (RFC 8301 §3.2); rspamd has no such limit"),
  RSPAMD_IS_SILENT_ON_EXPIRED(
      "rspamd",
      "dkim",
      Set.of("permerror"),
      Set.of("nothing"),
      mail -> signature(mail).contains("x="),
      "an expired signature does not hold (RFC 6376 §3.5, x=); rspamd leaves no result for it"),
  RSPAMD_NAMES_BAD_POLICIES(
      "rspamd",
      "dmarc",
      Set.of("none"),
      Set.of("bad policy"),
      mail -> mail.message().headers().first("From").orElseThrow().value().contains("broken."),
      "a record without a sound p= and without rua= is as if it were not there (RFC 9989 §4.7);"
          + " rspamd notes it, and does nothing either");

  /** Why DMARC may come out differently besides. */
  static final String FOLLOWS = "follows from what they say of SPF and DKIM";

  private final String judge;
  private final String method;
  private final Set<String> ours;
  private final Set<String> theirs;
  private final Predicate<Mail> mails;
  private final String why;

  KnownDifference(
      String judge,
      String method,
      Set<String> ours,
      Set<String> theirs,
      Predicate<Mail> mails,
      String why) {
    this.judge = judge;
    this.method = method;
    this.ours = ours;
    this.theirs = theirs;
    this.mails = mails;
    this.why = why;
  }

  /** For a person. */
  String told() {
    return method + ": " + why;
  }

  static Optional<KnownDifference> of(
      String judge, String method, Mail mail, String ours, String theirs) {
    return List.of(values()).stream()
        .filter(each -> each.judge.equals(judge) && each.method.equals(method))
        .filter(each -> each.ours.contains(ours) && each.theirs.contains(theirs))
        .filter(each -> each.mails.test(mail))
        .findFirst();
  }

  /** Those of one judge. */
  static List<KnownDifference> of(String judge) {
    return List.of(values()).stream().filter(each -> each.judge.equals(judge)).toList();
  }

  private static String signature(Mail mail) {
    return mail.message().headers().first("DKIM-Signature").orElseThrow().value();
  }
}
