package dev.postrider.plugin;

/**
 * What a mailet can do to a mail that matters to the proofs of the host. To deliver, hold or
 * discard a mail, to send it to another processor and to take recipients off need not be said.
 *
 * @since 1.0
 */
public enum Action {
  /** Sends the mail to other hosts ({@link Effect.Relay}). */
  RELAY,
  /** Reports to the sender that the mail failed ({@link Effect.Bounce}). */
  BOUNCE,
  /** Refuses it ({@link Outcome.Refuse}); once the mail was accepted that is a report too. */
  REFUSE,
  /** Puts the decision off ({@link Outcome.Defer}); in the end that is a report too. */
  DEFER,
  /** Sends a new mail ({@link Effect.Emit}) to others than this mail's sender. */
  EMIT,
  /**
   * Sends a new mail ({@link Effect.Emit}) to whoever sent this one. A mailet that never answers a
   * mail with the null sender says {@link #EMIT} instead.
   */
  REPLY,
  /**
   * Gives the mail another sender, one with the null sender too. A mailet that leaves the null
   * sender alone need not say it.
   */
  CHANGE_SENDER,
  /**
   * Gives the mail recipients that it did not have. They come from the mailet's parameters, from
   * the directory or from a list that an admin keeps, never from the mail: a mailet that lets the
   * sender choose them carries no {@link Does}.
   */
  CHANGE_RECIPIENTS,
  /**
   * Sets or removes attributes, with names and values that don't depend on the mail but on the
   * mailet's parameters and the attributes that are there. The host tries it on an empty mail.
   */
  SET_ATTRIBUTE,
  /**
   * Sets or removes attributes that depend on the mail, or on what others say of it: a verdict, a
   * score. The host then takes no attribute for known.
   *
   * @since 1.1
   */
  SET_ANY_ATTRIBUTE,
  /** Adds header fields; those that were there stay as they are. */
  ADD_HEADERS,
  /** Removes or changes header fields. */
  EDIT_HEADERS,
  /** Changes the body. */
  EDIT_BODY,
  /** Signs header and body (RFC 6376): to change the body afterwards breaks the signature. */
  SIGN
}
