package dev.postrider.kernel.guard;

/** A limit of {@link SenderPolicy} that a login has reached. */
public enum SenderLimit {
  /** Messages a day. */
  MESSAGES,
  /** Recipients a day. */
  RECIPIENTS,
  /** Recipients a day that it never wrote to before. */
  NEW_RECIPIENTS;

  int of(SenderPolicy policy) {
    return switch (this) {
      case MESSAGES -> policy.messages();
      case RECIPIENTS -> policy.recipients();
      case NEW_RECIPIENTS -> policy.newRecipients();
    };
  }

  String words() {
    return switch (this) {
      case MESSAGES -> "messages";
      case RECIPIENTS -> "recipients";
      case NEW_RECIPIENTS -> "new recipients";
    };
  }
}
