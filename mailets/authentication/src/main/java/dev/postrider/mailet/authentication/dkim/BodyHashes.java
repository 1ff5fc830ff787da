package dev.postrider.mailet.authentication.dkim;

import dev.postrider.plugin.Message;
import java.io.IOException;
import java.io.InputStream;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeSet;

/**
 * The hashes of one body, all found in one pass over it: one digest for each form and hash, however
 * many signatures share it and whatever lengths they cover. Nothing of the body is kept.
 */
public final class BodyHashes {

  /**
   * A hash that is asked for.
   *
   * @param form how the body is brought to one form
   * @param algorithm whose hash it is
   * @param length octets of the canonical body that count; empty for all
   */
  public record Demand(Canonicalization form, SignatureAlgorithm algorithm, OptionalLong length) {

    private String group() {
      return form + " " + algorithm.hash();
    }
  }

  private static final int CHUNK = 16 * 1024;

  private final Map<String, Pass> passes;

  private BodyHashes(Map<String, Pass> passes) {
    this.passes = passes;
  }

  /**
   * Reads the body once; not at all where nothing is asked for.
   *
   * @throws IOException when the body can't be read
   */
  public static BodyHashes of(Message message, Collection<Demand> demands) throws IOException {
    Map<String, Set<Long>> lengths = new HashMap<>();
    Map<String, Pass> passes = new LinkedHashMap<>();
    for (Demand each : demands) {
      Set<Long> wanted = lengths.computeIfAbsent(each.group(), _ -> new HashSet<>());
      each.length().ifPresent(wanted::add);
    }
    for (Demand each : demands) {
      passes.computeIfAbsent(
          each.group(),
          group -> new Pass(each, new TreeSet<>(lengths.getOrDefault(group, Set.of()))));
    }
    if (!passes.isEmpty()) {
      read(message, List.copyOf(passes.values()));
    }
    return new BodyHashes(passes);
  }

  /** A hash that was asked for; empty when the body is shorter than its length. */
  public Optional<byte[]> get(Demand demand) {
    Pass pass = passes.get(demand.group());
    return pass == null ? Optional.empty() : pass.hash(demand.length());
  }

  /** How many octets the canonical body of a demand has. */
  public long size(Demand demand) {
    Pass pass = passes.get(demand.group());
    return pass == null ? 0 : pass.seen;
  }

  private static void read(Message message, List<Pass> passes) throws IOException {
    byte[] chunk = new byte[CHUNK];
    try (InputStream in = message.openRest()) {
      int first = in.readNBytes(chunk, 0, CHUNK);
      int gap = gap(chunk, first);
      System.arraycopy(chunk, gap, chunk, 0, first - gap);
      int length = first - gap;
      while (length > 0) {
        for (Pass pass : passes) {
          pass.canonicalizer.update(chunk, length);
        }
        length = in.readNBytes(chunk, 0, CHUNK);
      }
    }
    passes.forEach(Pass::finish);
  }

  // The empty line between header and body belongs to neither.
  private static int gap(byte[] chunk, int length) {
    if (length > 1 && chunk[0] == '\r' && chunk[1] == '\n') {
      return 2;
    }
    return length > 0 && chunk[0] == '\n' ? 1 : 0;
  }

  private static final class Pass {
    private final MessageDigest digest;
    private final BodyCanonicalizer canonicalizer;
    private final List<Long> ahead;
    private final Map<Long, byte[]> partial = new HashMap<>();
    private int next;
    private long seen;
    private byte[] whole = {};

    Pass(Demand demand, SortedSet<Long> lengths) {
      digest = demand.algorithm().newDigest();
      ahead = new ArrayList<>(lengths);
      canonicalizer = new BodyCanonicalizer(demand.form(), this::add);
    }

    private void add(byte[] octets, int length) {
      int from = 0;
      while (next < ahead.size() && ahead.get(next) <= seen + length) {
        int to = (int) (ahead.get(next) - seen);
        digest.update(octets, from, to - from);
        from = to;
        partial.put(ahead.get(next), snapshot());
        next++;
      }
      digest.update(octets, from, length - from);
      seen += length;
    }

    private void finish() {
      canonicalizer.finish();
      while (next < ahead.size() && ahead.get(next) <= seen) {
        partial.put(ahead.get(next), snapshot());
        next++;
      }
      whole = digest.digest();
    }

    private byte[] snapshot() {
      try {
        return ((MessageDigest) digest.clone()).digest();
      } catch (CloneNotSupportedException e) {
        throw new IllegalStateException("the JDK's digests can be cloned", e);
      }
    }

    private Optional<byte[]> hash(OptionalLong length) {
      return length.isEmpty()
          ? Optional.of(whole)
          : Optional.ofNullable(partial.get(length.getAsLong()));
    }
  }
}
