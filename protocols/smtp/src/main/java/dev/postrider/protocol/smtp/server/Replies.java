package dev.postrider.protocol.smtp.server;

/** Replies that more than one command gives. */
final class Replies {
  static final Reply GREET_FIRST = Reply.of(503, "5.1", "Say hello first");
  static final Reply MAIL_FIRST = Reply.of(503, "5.1", "MAIL comes first");
  static final Reply IN_TRANSACTION = Reply.of(503, "5.1", "Not within a transaction, use RSET");
  static final Reply WITHIN_BDAT = Reply.of(503, "5.1", "Only BDAT goes on with this message");

  /** RFC 2033 §4.2 asks for 503. */
  static final Reply NO_RECIPIENTS_LMTP = Reply.of(503, "5.1", "No valid recipients");

  static final Reply NO_RECIPIENTS = Reply.of(554, "5.1", "No valid recipients");
  static final Reply NO_ARGUMENT = Reply.of(501, "5.4", "This command takes no argument");
  static final Reply LOCAL_FAULT = Reply.of(451, "3.0", "Local error, try again later");
  static final Reply NO_ROOM = Reply.of(452, "3.1", "Insufficient storage, try again later");
  static final Reply TOO_BIG = Reply.of(552, "3.4", "Message is too big");

  private Replies() {}
}
