package dev.postrider.mailet.authentication.spf;

/** A policy that does not follow the grammar; the message says where. */
final class SpfSyntaxException extends Exception {
  private static final long serialVersionUID = 1;

  SpfSyntaxException(String reason) {
    super(reason, null, false, false);
  }
}
