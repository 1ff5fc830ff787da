package dev.postrider.kernel.store;

import dev.postrider.plugin.Content;

/**
 * Which octets a change stores: new content or content that is stored already.
 *
 * <p>Several changes of one batch that carry the same {@link Fresh#content} object share one copy.
 */
public sealed interface NewMessage {

  /**
   * Octets that are not stored yet. {@code content} is written once per batch however many changes
   * name it.
   *
   * @param head as in {@link StoredMessage}
   * @param content finished and readable until the commit returned
   * @param offset as in {@link StoredMessage}
   */
  record Fresh(String head, Content content, long offset) implements NewMessage {}

  /**
   * Octets of a message that some entry of this store holds until this batch.
   *
   * @param message where they are
   */
  record Kept(StoredMessage message) implements NewMessage {}

  /** The same with octets put before the head. */
  default NewMessage withPrefix(String octets) {
    return switch (this) {
      case Fresh(String head, Content content, long offset) ->
          new Fresh(octets + head, content, offset);
      case Kept(StoredMessage message) -> new Kept(message.withPrefix(octets));
    };
  }
}
