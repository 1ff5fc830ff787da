package dev.postrider.plugin;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.SequenceInputStream;
import java.util.Arrays;
import java.util.function.UnaryOperator;

/**
 * A message: header fields and the rest. Editing headers makes a new message that shares the octets
 * of the body (RFC 5322 §2.1). Immutable; the octets stay as received unless a field is edited.
 *
 * @since 1.0
 */
public final class Message implements Content {

  private final Headers headers;
  private final Content source;
  private final long bodyOffset;
  private final boolean edited;
  // Whether an empty line has to stand between edited fields and the rest.
  private final boolean loose;
  private final long headerOctets;

  private Message(Headers headers, Content source, long bodyOffset, boolean edited, boolean loose) {
    this.headers = headers;
    this.source = source;
    this.bodyOffset = bodyOffset;
    this.edited = edited;
    this.loose = loose;
    this.headerOctets = edited ? editedLength() : bodyOffset;
  }

  /**
   * Reads the header of a message: at most 256 KiB of it, what comes later or does not look like a
   * header field belongs to the body.
   *
   * @throws IOException when the content can't be read
   */
  public static Message read(Content content) throws IOException {
    HeaderBlock block = HeaderBlock.read(content);
    return new Message(new Headers(block.fields()), content, block.end(), false, block.loose());
  }

  /** A message of these octets. */
  public static Message of(byte[] octets) {
    try {
      return read(Content.of(octets));
    } catch (IOException e) {
      throw new IllegalStateException("octets on the heap can't fail to be read", e);
    }
  }

  /** A message without header or body, for the stages before one was given. */
  public static Message none() {
    return of(new byte[0]);
  }

  /** The header fields. */
  public Headers headers() {
    return headers;
  }

  /** The same body under other header fields. */
  public Message withHeaders(Headers others) {
    if (others.equals(headers)) {
      return this;
    }
    Headers complete = source.size() > bodyOffset ? others.closed() : others;
    return new Message(complete, source, bodyOffset, true, loose);
  }

  /** The same body under edited header fields. */
  public Message withHeaders(UnaryOperator<Headers> edit) {
    return withHeaders(edit.apply(headers));
  }

  /**
   * Whether a field of this name stands behind a line that is no header field, or behind more
   * header than is read: for us it is part of the body, many mail programs show it all the same.
   * Reads up to the first empty line.
   *
   * @throws IOException when the message can't be read
   * @since 1.1
   */
  public boolean hides(String name) throws IOException {
    return HiddenField.isIn(this, name);
  }

  /** Octets in all: header, empty line and body. */
  @Override
  public long size() {
    return headerOctets + (source.size() - bodyOffset);
  }

  @Override
  public InputStream open(long offset) throws IOException {
    if (!edited) {
      return source.open(offset);
    }
    if (offset >= headerOctets) {
      return source.open(bodyOffset + offset - headerOctets);
    }
    byte[] head = editedOctets();
    int from = (int) offset;
    return new SequenceInputStream(
        new ByteArrayInputStream(head, from, head.length - from), source.open(bodyOffset));
  }

  /** What follows the header fields: the empty line, where there is one, and the body. */
  public InputStream openRest() throws IOException {
    return source.open(bodyOffset);
  }

  /** Whether a header field was edited, so that the octets differ from {@link #source()}. */
  public boolean edited() {
    return edited;
  }

  /** The octets as they were received. */
  public Content source() {
    return source;
  }

  /** Where in {@link #source()} the rest after the header fields begins. */
  public long bodyOffset() {
    return bodyOffset;
  }

  private long editedLength() {
    long octets = headers.fields().stream().mapToLong(field -> field.raw().length()).sum();
    return needsGap() ? octets + 2 : octets;
  }

  private byte[] editedOctets() {
    byte[] octets = headers.octets();
    if (!needsGap()) {
      return octets;
    }
    byte[] out = Arrays.copyOf(octets, octets.length + 2);
    out[octets.length] = '\r';
    out[octets.length + 1] = '\n';
    return out;
  }

  private boolean needsGap() {
    return loose && !headers.fields().isEmpty();
  }
}
