package dev.postrider.kernel.pipeline.proof;

import dev.postrider.kernel.pipeline.Criterion;
import dev.postrider.plugin.Combination;
import dev.postrider.plugin.Fact;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/**
 * For which mails an entry matches, and for which not.
 *
 * @param probes asks matchers that may be asked
 * @param tracked matchers without a fact whose answer is remembered, as they are asked again
 * @param guessing whether a matcher of which nothing is declared may be presumed to let an entry
 *     match; it always may let it pass
 */
record Cases(Probes probes, Set<String> tracked, boolean guessing) {

  /** One kind of mail. */
  record Case(Knowledge knowledge, List<Presumption> presumed) {

    Case {
      presumed = List.copyOf(presumed);
    }

    private Case presuming(Knowledge more, Presumption presumption) {
      List<Presumption> all = new ArrayList<>(presumed);
      all.add(presumption);
      return new Case(more, all);
    }
  }

  /** The kinds of mail for which a criterion is so; empty where there is none. */
  List<Case> when(Criterion criterion, boolean matches, Knowledge knowledge) {
    return when(criterion, matches, new Case(knowledge, List.of()), guessing || !matches);
  }

  private List<Case> when(Criterion criterion, boolean matches, Case so, boolean guess) {
    return switch (criterion) {
      case Criterion.Always() -> matches ? List.of(so) : List.of();
      case Criterion.Unsaid(var text) -> guess ? answer(text, criterion, matches, so) : List.of();
      case Criterion.Decided decided -> decided(decided, matches, so, guess);
      case Criterion.Combined(var how, var parts) ->
          switch (how) {
            case Combination.ALL -> combined(parts, matches, matches, so, guess);
            case Combination.ANY -> combined(parts, !matches, matches, so, guess);
            case Combination.NONE -> combined(parts, matches, !matches, so, guess);
          };
    };
  }

  /** Where all parts, or at least one, answer so. */
  private List<Case> combined(
      List<Criterion> parts, boolean every, boolean matches, Case so, boolean guess) {
    List<Case> out = new ArrayList<>(every ? List.of(so) : List.of());
    for (Criterion part : parts) {
      if (every) {
        out = out.stream().flatMap(one -> when(part, matches, one, guess).stream()).toList();
      } else {
        out.addAll(when(part, matches, so, guess));
      }
    }
    return out;
  }

  private List<Case> decided(Criterion.Decided decided, boolean matches, Case so, boolean guess) {
    boolean holds = matches != decided.inverted();
    Fact fact = decided.fact();
    return switch (fact) {
      case AUTHENTICATED, LOCAL_RECIPIENT, LOCAL_DOMAIN, NULL_SENDER ->
          so.knowledge()
              .of(fact)
              .map(known -> known == holds ? List.of(so) : List.<Case>of())
              .orElseGet(() -> List.of(presumed(decided, matches, holds, so)));
      case NAMED_RECIPIENT -> named(decided, matches, holds, so);
      case KNOWN_NETWORK ->
          probes.isWide(decided)
              ? answer(decided.text(), decided, matches, so)
              : named(decided, matches, holds, so);
      case ATTRIBUTE -> {
        if (so.knowledge().attributesKnown()) {
          yield probes.matches(decided, so.knowledge().attributes()) == matches
              ? List.of(so)
              : List.of();
        }
        yield guess ? answer(decided.text(), decided, matches, so) : List.of();
      }
      case SENDERS_CHOICE -> answer(decided.text(), decided, matches, so);
    };
  }

  // Two matchers may name different networks or recipients: what one says is not true of another.
  private List<Case> named(Criterion.Decided decided, boolean matches, boolean holds, Case so) {
    return so.knowledge()
        .of(decided.fact())
        .map(known -> known == holds ? List.of(so) : List.<Case>of())
        .orElseGet(() -> answer(decided.text(), decided, matches, so));
  }

  private static Case presumed(Criterion.Decided decided, boolean matches, boolean holds, Case so) {
    return so.presuming(
        so.knowledge().with(decided.fact(), holds),
        new Presumption.Answers(decided.text(), decided, matches));
  }

  private List<Case> answer(String text, Criterion criterion, boolean matches, Case so) {
    Boolean known = so.knowledge().answers().get(text);
    if (known != null) {
      return known == matches ? List.of(so) : List.of();
    }
    Knowledge more =
        tracked.contains(text) ? so.knowledge().withAnswer(text, matches) : so.knowledge();
    return List.of(so.presuming(more, new Presumption.Answers(text, criterion, matches)));
  }
}
