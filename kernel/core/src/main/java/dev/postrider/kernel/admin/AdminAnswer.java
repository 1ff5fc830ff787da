package dev.postrider.kernel.admin;

/** What an administrator's change came to, in words for the administrator. */
public sealed interface AdminAnswer {

  /** One or more lines without a line end after the last. */
  String text();

  /** It is done and durable. */
  record Done(String text) implements AdminAnswer {}

  /** Nothing was changed. */
  record Refused(Reason reason, String text) implements AdminAnswer {}

  /** Why something was refused. */
  enum Reason {
    /** What was given can't be right. */
    INVALID,
    /** There is no such thing. */
    UNKNOWN,
    /** It is there already, or something else stands against it. */
    CONFLICT,
    /** The store could not be written. */
    STORAGE
  }

  /** The input can't be right. */
  static AdminAnswer invalid(String text) {
    return new Refused(Reason.INVALID, text);
  }

  /** There is no such thing. */
  static AdminAnswer unknown(String text) {
    return new Refused(Reason.UNKNOWN, text);
  }

  /** Something stands against it. */
  static AdminAnswer conflict(String text) {
    return new Refused(Reason.CONFLICT, text);
  }
}
