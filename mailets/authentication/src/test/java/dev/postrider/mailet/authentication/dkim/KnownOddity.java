package dev.postrider.mailet.authentication.dkim;

import java.util.function.Predicate;
import java.util.regex.Pattern;

/** Where other people's code reads an odd signature otherwise, and why we do not follow it. */
enum KnownOddity {
  PY_OBSOLETE_COLON(
      ForeignTool.DKIMPY,
      header("(?m)^\\S+[ \\t]+:"),
      "white space before the colon is obsolete, but still read (RFC 5322 §4.5)"),
  PY_END_OF_FIELD(
      ForeignTool.DKIMPY,
      signature("\\s$").and(signature("c\\s*=\\s*relaxed").negate()),
      "dkimpy cuts white space off the end of the signature's field in the simple form, too"),
  PY_SPACE_BEHIND_B(
      ForeignTool.DKIMPY,
      signature("[;:\\s]b\\s*=[^;]*\\s(;|$)"),
      "dkimpy leaves the white space behind the value of b= (RFC 6376 §3.7)"),
  PY_QUERY(
      ForeignTool.DKIMPY,
      signature("[;:\\s]q\\s*=\\s*(dns\\s*(;|$)|dns/txt\\s*:|other)"),
      "of a list of query types the known ones count (RFC 6376 §3.5, q=)"),
  PY_OWN_SIGNATURE(
      ForeignTool.DKIMPY,
      signature("dkim-signature.*dkim-signature"),
      "a signature never covers itself (RFC 6376 §3.5, h=)"),
  PY_UNENDED_SPACE(
      ForeignTool.DKIMPY,
      odd -> odd.octets().endsWith(" "),
      "white space at the end of a last line that has no end is white space at the end of a line"),
  PY_SERVICES(
      ForeignTool.DKIMPY,
      record("s\\s*=[^;]*:"),
      "of a list of services one has to fit (RFC 6376 §3.6.1, s=)"),
  PY_KEY_HASHES(
      ForeignTool.DKIMPY,
      record("h\\s*="),
      "a key may be for some hashes only (RFC 6376 §3.6.1, h=)"),
  PY_STRICT(
      ForeignTool.DKIMPY,
      record("t\\s*=[^;]*s").and(signature("i\\s*=[^;]*@sub")),
      "a key may be for the domain itself only (RFC 6376 §3.6.1, t=s)"),
  PERL_ED25519(
      ForeignTool.MAIL_DKIM,
      signature("ed25519-sha256"),
      "this version of Mail::DKIM has no Ed25519 (RFC 8463)"),
  PERL_OBSOLETE_COLON(
      ForeignTool.MAIL_DKIM,
      signature("^\\S+[ \\t]+:"),
      "white space before the colon is obsolete, but still read (RFC 5322 §4.5)"),
  PERL_QUERY(
      ForeignTool.MAIL_DKIM,
      signature("[;:\\s]q\\s*=\\s*(dns\\s*(;|$)|dns/txt\\s*:)"),
      "of a list of query types the known ones count (RFC 6376 §3.5, q=)"),
  PERL_OWN_SIGNATURE(
      ForeignTool.MAIL_DKIM,
      signature("dkim-signature.*dkim-signature"),
      "a signature never covers itself (RFC 6376 §3.5, h=)"),
  PERL_OTHER_SIGNATURE(
      ForeignTool.MAIL_DKIM,
      header("d=other.example"),
      "Mail::DKIM says one word for several signatures"),
  PERL_GRANULARITY(
      ForeignTool.MAIL_DKIM, record("g\\s*="), "g= is gone since RFC 6376 (appendix E)"),
  PERL_KEY_HASHES(
      ForeignTool.MAIL_DKIM,
      record("h\\s*=[^;]*:"),
      "white space does not matter in the list of a key's hashes"),
  PERL_SERVICES(
      ForeignTool.MAIL_DKIM,
      record("s\\s*=[^;]*:"),
      "white space does not matter in the list of a key's services"),
  PERL_UNENDED_LINE(
      ForeignTool.MAIL_DKIM,
      odd -> !odd.octets().endsWith("\n"),
      "a body whose last line has no end gets one (RFC 6376 §3.4.3)"),
  PERL_TWICE(
      ForeignTool.MAIL_DKIM,
      signature("[;:\\s]q\\s*=.*[;\\s]q\\s*="),
      "a tag that is there twice makes the list void (RFC 6376 §3.2)");

  private final ForeignTool tool;
  private final Predicate<OddSignatures.Odd> of;
  private final String why;

  KnownOddity(ForeignTool tool, Predicate<OddSignatures.Odd> of, String why) {
    this.tool = tool;
    this.of = of;
    this.why = why;
  }

  boolean explains(ForeignTool other, OddSignatures.Odd odd) {
    return tool.equals(other) && of.test(odd);
  }

  @Override
  public String toString() {
    return tool.script() + ": " + why;
  }

  private static Predicate<OddSignatures.Odd> signature(String regex) {
    Pattern pattern = Pattern.compile(regex, Pattern.DOTALL | Pattern.CASE_INSENSITIVE);
    return odd -> pattern.matcher(odd.signature()).find();
  }

  private static Predicate<OddSignatures.Odd> header(String regex) {
    Pattern pattern = Pattern.compile(regex);
    return odd -> pattern.matcher(odd.octets().split("\r\n\r\n", 2)[0]).find();
  }

  private static Predicate<OddSignatures.Odd> record(String regex) {
    Pattern pattern = Pattern.compile("(^|[;\\s])" + regex);
    return odd -> pattern.matcher(odd.record()).find();
  }
}
