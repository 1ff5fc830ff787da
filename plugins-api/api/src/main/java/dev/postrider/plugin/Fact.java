package dev.postrider.plugin;

/**
 * What a matcher can find out about a mail and one of its recipients. The host proves with these,
 * before a pipeline is used, that nobody relays who must not.
 *
 * @since 1.0
 */
public enum Fact {
  /** The peer has logged in ({@link Client#login}). */
  AUTHENTICATED,
  /**
   * The address of the peer lies in one of the networks that the matcher's parameters name. The
   * matcher looks at nothing but {@link Client#address}; the host asks it about public addresses
   * and does not take for known a network that holds a quarter of the Internet.
   */
  KNOWN_NETWORK,
  /** The directory accepts the recipient. */
  LOCAL_RECIPIENT,
  /** The recipient's domain is local, whether or not the address exists. */
  LOCAL_DOMAIN,
  /** The recipient or its domain is one that the matcher's parameters name. */
  NAMED_RECIPIENT,
  /** At stage MESSAGE: the sender is the null reverse path (RFC 5321 §4.5.5). */
  NULL_SENDER,
  /**
   * The attributes of the mail are as the matcher's parameters say. It looks at nothing else; the
   * host asks it about mails that have attributes only.
   */
  ATTRIBUTE,
  /**
   * No fact, but what the sending host makes of it: header, body, size, sender, name in EHLO.
   * Whoever sends can make it match or not match.
   */
  SENDERS_CHOICE
}
