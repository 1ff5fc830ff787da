package dev.postrider.mailet.spam.mime;

import dev.postrider.plugin.Headers;
import dev.postrider.plugin.Message;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The parts of a message that hold no other parts, in their order. One pass over the lines without
 * recursion; what is beyond the limits is one opaque part or left out, and said so.
 */
public final class Walk {

  // Field names and values that matter here fit; a longer header begins the body early.
  private static final int HEADER = 16 * 1024;
  private static final int BOUNDARY = 200;

  /**
   * What was found.
   *
   * @param parts in their order
   * @param beyond the limits that were met
   */
  public record Found(List<Part> parts, Set<Beyond> beyond) {
    /** Copies. */
    public Found {
      parts = List.copyOf(parts);
      beyond = Set.copyOf(beyond);
    }
  }

  /** A limit that was met. */
  public enum Beyond {
    /** The body is longer. */
    OCTETS,
    /** Parts lie deeper. */
    DEPTH,
    /** There are more parts. */
    PARTS
  }

  private final byte[] octets;
  private final Limits limits;
  private final List<Part> parts = new ArrayList<>();
  private final Set<Beyond> beyond = EnumSet.noneOf(Beyond.class);
  private final List<byte[]> boundaries = new ArrayList<>();
  private Part.@Nullable Opened open;
  private int depth;

  private Walk(byte[] octets, Limits limits) {
    this.octets = octets;
    this.limits = limits;
  }

  /**
   * Walks through a message.
   *
   * @throws IOException when it can't be read
   */
  public static Found of(Message message, Limits limits) throws IOException {
    byte[] octets;
    try (InputStream in = message.openRest()) {
      octets = in.readNBytes(limits.octets() + 1);
    }
    Walk walk = new Walk(octets, limits);
    if (octets.length > limits.octets()) {
      walk.beyond.add(Beyond.OCTETS);
    }
    walk.run(message.headers());
    return new Found(walk.parts, walk.beyond);
  }

  private void run(Headers top) {
    int at = enter(top, 0);
    while (at < octets.length && parts.size() < limits.parts()) {
      int next = lineEnd(at);
      int matched = octets[at] == '-' ? delimiter(at, next) : -1;
      at = matched < 0 ? next : delimited(matched, at, next);
    }
    if (at < octets.length) {
      beyond.add(Beyond.PARTS);
    }
    if (parts.size() < limits.parts()) {
      close(octets.length);
    }
  }

  // A delimiter line ends what is open; unless it is the last of its kind a header follows.
  private int delimited(int level, int at, int next) {
    close(at >= 2 && octets[at - 2] == '\r' ? at - 2 : Math.max(0, at - 1));
    boolean last = isLast(level, at, next);
    boundaries.subList(last ? level : level + 1, boundaries.size()).clear();
    depth = boundaries.size();
    return last ? next : header(next);
  }

  private int header(int from) {
    int at = from;
    while (at < octets.length && at - from < HEADER) {
      int next = lineEnd(at);
      if (isBlank(at) || (octets[at] == '-' && delimiter(at, next) >= 0)) {
        break;
      }
      at = next;
    }
    Headers headers =
        Message.of(Arrays.copyOfRange(octets, from, Math.min(at, octets.length))).headers();
    return enter(headers, at);
  }

  // Begins the body after a header and answers where the next line to look at is.
  private int enter(Headers headers, int headerEnd) {
    int from = isBlank(headerEnd) ? lineEnd(headerEnd) : headerEnd;
    Part.Opened entity = Part.Opened.of(headers, depth, from);
    boolean multipart = entity.isMultipart() && entity.boundary().length() <= BOUNDARY;
    if (!multipart && !entity.isMessage()) {
      open = entity;
      return from;
    }
    if (depth >= limits.depth()) {
      beyond.add(Beyond.DEPTH);
      open = entity;
      return from;
    }
    open = null;
    depth++;
    if (multipart) {
      boundaries.add(entity.boundary().getBytes(StandardCharsets.UTF_8));
      return from;
    }
    return header(from);
  }

  private boolean isBlank(int at) {
    return at < octets.length
        && (octets[at] == '\n'
            || (octets[at] == '\r' && at + 1 < octets.length && octets[at + 1] == '\n'));
  }

  private void close(int to) {
    Optional.ofNullable(open).ifPresent(opened -> parts.add(new Part(opened, octets, to)));
    open = null;
  }

  // The level of the boundary that this line is, or -1. Inner ones come first: one that begins like
  // an outer one is not mistaken for it, as the whole line has to match.
  private int delimiter(int at, int next) {
    int end = trimmed(at, next);
    if (end - at < 2 || octets[at + 1] != '-') {
      return -1;
    }
    for (int level = boundaries.size() - 1; level >= 0; level--) {
      if (isBoundary(boundaries.get(level), at + 2, end)) {
        return level;
      }
    }
    return -1;
  }

  private boolean isBoundary(byte[] boundary, int from, int end) {
    int length = end - from;
    boolean fits =
        length == boundary.length
            || (length == boundary.length + 2 && octets[end - 1] == '-' && octets[end - 2] == '-');
    return fits
        && Arrays.equals(octets, from, from + boundary.length, boundary, 0, boundary.length);
  }

  private boolean isLast(int level, int at, int next) {
    return trimmed(at, next) - at == boundaries.get(level).length + 4;
  }

  private int trimmed(int at, int next) {
    int end = next;
    while (end > at && octets[end - 1] <= ' ' && octets[end - 1] >= 0) {
      end--;
    }
    return end;
  }

  private int lineEnd(int at) {
    int end = at;
    while (end < octets.length && octets[end] != '\n') {
      end++;
    }
    return Math.min(end + 1, octets.length);
  }
}
