package dev.postrider.kernel.spool;

import dev.postrider.kernel.store.NewMessage;
import dev.postrider.kernel.store.StoredMessage;
import dev.postrider.plugin.Content;
import dev.postrider.plugin.Message;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.SequenceInputStream;
import java.nio.charset.StandardCharsets;

/**
 * The octets a mail came with: what plugins read, and how a store is told to keep them. Edited
 * headers become a new head before the same stored content; a body is never copied.
 */
public final class Octets {
  private final Content whole;
  private final NewMessage base;

  private Octets(Content whole, NewMessage base) {
    this.whole = whole;
    this.base = base;
  }

  /** Octets that are not stored yet: a head of our own, as ISO-8859-1, then what was received. */
  public static Octets received(String head, Content rest) {
    return new Octets(new Headed(head, rest), new NewMessage.Fresh(head, rest, 0));
  }

  /** Octets that a store holds. */
  public static Octets stored(StoredMessage message, Content opened) {
    return new Octets(opened, new NewMessage.Kept(message));
  }

  /** The same octets, which a store holds by now. */
  public Octets storedAs(StoredMessage message) {
    return new Octets(whole, new NewMessage.Kept(message));
  }

  /** How a store keeps these octets as they are. */
  public NewMessage asReceived() {
    return base;
  }

  /** What plugins read. */
  public Content whole() {
    return whole;
  }

  /** How a store keeps this message, which may be an edited form of these octets or another one. */
  @SuppressWarnings("ReferenceEquality") // contents have no other equality
  NewMessage of(Message message) {
    String head = message.edited() ? head(message) : "";
    if (message.source() != whole) {
      return new NewMessage.Fresh(
          head, message.source(), message.edited() ? message.bodyOffset() : 0);
    }
    return message.edited() ? cut(message.bodyOffset()).withPrefix(head) : base;
  }

  // The message counts the empty line that it puts between edited fields and a loose rest.
  private static String head(Message message) {
    byte[] fields = message.headers().octets();
    long rest = message.source().size() - message.bodyOffset();
    String gap = message.size() - rest > fields.length ? "\r\n" : "";
    return new String(fields, StandardCharsets.ISO_8859_1) + gap;
  }

  private NewMessage cut(long octets) {
    return switch (base) {
      case NewMessage.Fresh(var head, var content, var offset) -> {
        int fromHead = (int) Math.min(octets, head.length());
        yield new NewMessage.Fresh(head.substring(fromHead), content, offset + octets - fromHead);
      }
      case NewMessage.Kept(var stored) -> {
        int fromHead = (int) Math.min(octets, stored.head().length());
        yield new NewMessage.Kept(
            new StoredMessage(
                stored.head().substring(fromHead),
                stored.content(),
                stored.offset() + octets - fromHead,
                stored.size() - octets));
      }
    };
  }

  private record Headed(String head, Content rest) implements Content {
    @Override
    public long size() {
      return head.length() + rest.size();
    }

    @Override
    public InputStream open(long offset) throws IOException {
      if (offset >= head.length()) {
        return rest.open(offset - head.length());
      }
      byte[] octets = head.substring((int) offset).getBytes(StandardCharsets.ISO_8859_1);
      return new SequenceInputStream(new ByteArrayInputStream(octets), rest.open());
    }
  }
}
