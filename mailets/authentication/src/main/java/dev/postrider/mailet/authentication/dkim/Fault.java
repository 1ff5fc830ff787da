package dev.postrider.mailet.authentication.dkim;

/**
 * Why something is not what a signature needs.
 *
 * @param verdict what the signature comes to by it
 * @param reason a few words for a person, without text of the sender's choice
 */
public record Fault(Verdict verdict, String reason) {

  static Fault permanent(String reason) {
    return new Fault(Verdict.PERMERROR, reason);
  }
}
