package dev.postrider.mailet.authentication.arc;

import dev.postrider.mailet.authentication.dkim.Fault;
import dev.postrider.mailet.authentication.dkim.Read;
import dev.postrider.mailet.authentication.dkim.SignatureTags;
import dev.postrider.mailet.authentication.dkim.Verdict;
import dev.postrider.mailet.authentication.results.SealedResults;
import dev.postrider.plugin.HeaderField;
import dev.postrider.plugin.Headers;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.OptionalInt;
import java.util.TreeMap;

/**
 * The sets of a header, in order, none missing and none twice (RFC 8617 §5.2, steps 1 to 3). No
 * signature was checked.
 *
 * @param sets the oldest first; empty for no chain
 */
record Chain(List<ArcSet> sets) {

  /** The most sets that a chain may have (RFC 8617 §5.1.1.1). */
  static final int MAX_SETS = 50;

  private static final int FIELDS_OF_A_SET = 3;

  private static final class Fields {
    private final Map<String, HeaderField> byName = new TreeMap<>();
    private boolean twice;

    void add(HeaderField field) {
      twice |= byName.put(field.name().toLowerCase(Locale.ROOT), field) != null;
    }

    HeaderField get(String name) {
      return Objects.requireNonNull(byName.get(name.toLowerCase(Locale.ROOT)));
    }

    boolean isComplete() {
      return !twice && byName.size() == FIELDS_OF_A_SET;
    }
  }

  /** Copies the list. */
  Chain {
    sets = List.copyOf(sets);
  }

  /** Whether a field belongs to a set. */
  static boolean isPart(HeaderField field) {
    return field.is(Seal.FIELD) || field.is(ArcSet.MESSAGE) || field.is(ArcSet.RESULTS);
  }

  /** Reads the sets of a header. */
  static Read<Chain> read(Headers headers) {
    List<HeaderField> fields = headers.fields().stream().filter(Chain::isPart).toList();
    if (fields.size() > MAX_SETS * FIELDS_OF_A_SET) {
      return faulty("the chain has more than " + MAX_SETS + " sets");
    }
    Map<Integer, Fields> byInstance = new TreeMap<>();
    for (HeaderField field : fields) {
      OptionalInt instance = instance(field);
      if (instance.isEmpty()) {
        return faulty("a field of the chain has no place in it");
      }
      byInstance.computeIfAbsent(instance.getAsInt(), _ -> new Fields()).add(field);
    }
    List<ArcSet> sets = new ArrayList<>();
    for (Map.Entry<Integer, Fields> each : byInstance.entrySet()) {
      if (each.getKey() != sets.size() + 1 || !each.getValue().isComplete()) {
        return faulty("set " + (sets.size() + 1) + " of the chain is not complete");
      }
      switch (set(each.getKey(), each.getValue())) {
        case Read.Faulty<ArcSet>(Fault fault) -> {
          return new Read.Faulty<>(fault);
        }
        case Read.Sound<ArcSet>(ArcSet set) -> sets.add(set);
      }
    }
    return new Read.Sound<>(new Chain(sets));
  }

  private static Read<ArcSet> set(int instance, Fields fields) {
    HeaderField sealField = fields.get(Seal.FIELD);
    HeaderField messageField = fields.get(ArcSet.MESSAGE);
    SignatureTags tags = new SignatureTags(sealField);
    Seal seal = Seal.read(tags);
    if (tags.fault().isPresent()) {
      return faulty("seal " + instance + ": " + tags.fault().get().reason());
    }
    if (seal.before() != (instance == 1 ? ChainStatus.NONE : ChainStatus.PASS)) {
      return faulty("set " + instance + " says that the chain was broken before");
    }
    return new Read.Sound<>(
        new ArcSet(
            instance,
            fields.get(ArcSet.RESULTS),
            messageField,
            ArcSet.message(messageField),
            sealField,
            seal));
  }

  /** The place of a field in the chain, where it says one. */
  static OptionalInt instance(HeaderField field) {
    OptionalInt said =
        field.is(ArcSet.RESULTS)
            ? SealedResults.read(field.value()).stream()
                .mapToInt(SealedResults::instance)
                .findFirst()
            : number(new SignatureTags(field).get("i").orElse(""));
    return said.isPresent() && said.getAsInt() >= 1 && said.getAsInt() <= MAX_SETS
        ? said
        : OptionalInt.empty();
  }

  private static OptionalInt number(String text) {
    boolean digits = !text.isEmpty() && text.chars().allMatch(c -> c >= '0' && c <= '9');
    return digits && text.length() <= 2
        ? OptionalInt.of(Integer.parseInt(text))
        : OptionalInt.empty();
  }

  private static <T> Read<T> faulty(String reason) {
    return new Read.Faulty<>(new Fault(Verdict.FAIL, reason));
  }
}
