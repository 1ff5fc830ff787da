package dev.postrider.kernel.guard;

/** Whether a connection is let in. */
public enum Admittance {
  /** It is. */
  OPEN,
  /** Its network opens connections too fast. */
  TOO_FAST,
  /** Its network is banned for a time. */
  BANNED
}
