package dev.postrider.kernel.guard;

/** What a client may do wrong, and how many points that is worth by default. */
public enum Offence {
  /** A wrong user or password; the same wrong one again is none. */
  FAILED_LOGIN(10),
  /** A recipient that does not exist here. */
  UNKNOWN_RECIPIENT(2),
  /** Something was said before the greeting (RFC 5321 §4.3.1). */
  EARLY_TALK(50),
  /** Commands sent ahead where their replies have to be waited for (RFC 2920 §3.1). */
  BAD_PIPELINING(20),
  /** What is no command, or no line. */
  GARBAGE(5),
  /** A message that was refused for good. */
  REFUSED_MESSAGE(10);

  private final int usualPoints;

  Offence(int usualPoints) {
    this.usualPoints = usualPoints;
  }

  /** Points where nothing else is configured. */
  public int usualPoints() {
    return usualPoints;
  }
}
