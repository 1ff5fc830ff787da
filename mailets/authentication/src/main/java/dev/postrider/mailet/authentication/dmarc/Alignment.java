package dev.postrider.mailet.authentication.dmarc;

/**
 * Whether domains speak for an author's (RFC 9989 §4.4, §4.10.2): they are the same, or, where that
 * is enough, of one organization. Only for the latter are names looked up. Thread: one.
 */
final class Alignment {

  private final TreeWalk walk;
  private final String author;
  private final TreeWalk.Walk own;
  private boolean unsure;

  /** To an author's domain from which was walked already. */
  Alignment(TreeWalk walk, String author, TreeWalk.Walk own) {
    this.walk = walk;
    this.author = author;
    this.own = own;
  }

  /** Whether this domain does; false too where it can't be known. */
  boolean of(String domain, boolean strict) {
    if (domain.equals(author)) {
      return true;
    }
    if (strict || !canBeOne(domain)) {
      return false;
    }
    if (own.unknown().isPresent()) {
      unsure = true;
      return false;
    }
    TreeWalk.Walk walked = walk.from(domain);
    unsure |= walked.unknown().isPresent();
    return walked.unknown().isEmpty() && walked.organization().equals(own.organization());
  }

  /** Whether some domain so far might be of the organization, but the DNS did not answer. */
  boolean isUnsure() {
    return unsure;
  }

  // Domains of one organization lie at or below its name, which is one of the author's names.
  private boolean canBeOne(String domain) {
    String above = own.unknown().isPresent() ? top(author) : own.organization();
    return domain.equals(above) || domain.endsWith("." + above);
  }

  private static String top(String domain) {
    return domain.substring(domain.lastIndexOf('.') + 1);
  }
}
