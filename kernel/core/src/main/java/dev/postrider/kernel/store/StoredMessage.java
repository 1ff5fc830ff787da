package dev.postrider.kernel.store;

/**
 * A message in a store: some octets of its own, then stored content from an offset on. So copies
 * that differ in their header share the body.
 *
 * @param head octets that come first, as ISO-8859-1; may be empty
 * @param content the shared octets
 * @param offset how many octets of the content are left out, replaced by the head
 * @param size octets in all: head and the used part of the content
 */
public record StoredMessage(String head, ContentId content, long offset, long size) {

  /** Stands in an entry that is not stored yet; its change says where the octets come from. */
  public static final StoredMessage NOT_YET = new StoredMessage("", new ContentId(""), 0, 0);

  /** The same with octets put before the head. */
  public StoredMessage withPrefix(String octets) {
    return new StoredMessage(octets + head, content, offset, size + octets.length());
  }
}
