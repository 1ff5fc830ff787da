package dev.postrider.kernel.guard;

/** What is done about a client that does not wait for its turn. */
public enum Reaction {
  /** The session ends with a refusal, and it is an offence. */
  REFUSE,
  /** It is an offence, the session goes on. */
  COUNT,
  /** Nothing. */
  IGNORE
}
