package dev.postrider.protocol.pop3;

/** What the conversation answers. */
sealed interface Pop3Answer {

  /** The login is right and the inbox is locked. */
  record LoggedIn(Listing listing) implements Pop3Answer {}

  /** Wrong user or password. */
  record Denied() implements Pop3Answer {}

  /** The login can't be checked now. */
  record NotNow() implements Pop3Answer {}

  /** The login is right, another session holds the inbox. */
  record InUse() implements Pop3Answer {}

  /** The login holds. */
  record Welcome() implements Pop3Answer {}

  /** The login holds no more; unlocked. */
  record Unwelcome() implements Pop3Answer {}

  /** The message is on its way. */
  record Sent() implements Pop3Answer {}

  /** The message can't be read; nothing was sent. */
  record Unreadable() implements Pop3Answer {}

  /** Removed and unlocked. */
  record Updated() implements Pop3Answer {}

  /** Nothing was removed; unlocked. */
  record NotUpdated() implements Pop3Answer {}
}
