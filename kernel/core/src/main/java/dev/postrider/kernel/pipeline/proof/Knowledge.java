package dev.postrider.kernel.pipeline.proof;

import dev.postrider.plugin.Action;
import dev.postrider.plugin.Fact;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * What is known of a mail and one of its recipients somewhere on its way.
 *
 * @param facts that hold or don't; others may do either
 * @param answers of matchers about which no fact is declared, by their text
 * @param attributes that are set
 * @param attributesKnown whether no other attribute may be set
 */
record Knowledge(
    Map<Fact, Boolean> facts,
    Map<String, Boolean> answers,
    Map<String, String> attributes,
    boolean attributesKnown) {

  private static final Set<Fact> OF_RECIPIENTS =
      Set.of(Fact.LOCAL_RECIPIENT, Fact.LOCAL_DOMAIN, Fact.NAMED_RECIPIENT);
  private static final Set<Action> CHANGES =
      Set.of(
          Action.CHANGE_SENDER,
          Action.CHANGE_RECIPIENTS,
          Action.ADD_HEADERS,
          Action.EDIT_HEADERS,
          Action.EDIT_BODY,
          Action.SIGN);

  /** Copies the maps. */
  Knowledge {
    facts = Map.copyOf(facts);
    answers = Map.copyOf(answers);
    attributes = Map.copyOf(attributes);
  }

  /** Of a mail that has just come in: it has no attributes. */
  static Knowledge of(Map<Fact, Boolean> facts) {
    return new Knowledge(facts, Map.of(), Map.of(), true);
  }

  Optional<Boolean> of(Fact fact) {
    return Optional.ofNullable(facts.get(fact));
  }

  Knowledge with(Fact fact, boolean holds) {
    Map<Fact, Boolean> more = new EnumMap<>(Fact.class);
    more.putAll(facts);
    more.put(fact, holds);
    if (fact == Fact.LOCAL_RECIPIENT && holds) {
      more.put(Fact.LOCAL_DOMAIN, true);
    }
    if (fact == Fact.LOCAL_DOMAIN && !holds) {
      more.put(Fact.LOCAL_RECIPIENT, false);
    }
    return new Knowledge(more, answers, attributes, attributesKnown);
  }

  Knowledge withAnswer(String matcher, boolean matches) {
    Map<String, Boolean> more = new HashMap<>(answers);
    more.put(matcher, matches);
    return new Knowledge(facts, more, attributes, attributesKnown);
  }

  /** Without what nobody asks for. */
  Knowledge only(Set<String> matchers, boolean ofAttributes) {
    boolean all = matchers.containsAll(answers.keySet());
    if (all && (ofAttributes || attributes.isEmpty())) {
      return this;
    }
    Map<String, Boolean> left = new HashMap<>(answers);
    left.keySet().retainAll(matchers);
    return new Knowledge(facts, left, ofAttributes ? attributes : Map.of(), attributesKnown);
  }

  /** After a mailet of which nothing is declared. */
  Knowledge afterAnything() {
    return new Knowledge(facts, Map.of(), Map.of(), false);
  }

  /** After a mailet that does at most these. */
  Knowledge after(Set<Action> actions, Optional<Map<String, String>> set) {
    Map<Fact, Boolean> left = new HashMap<>(facts);
    if (actions.contains(Action.CHANGE_RECIPIENTS)) {
      left.keySet().removeAll(OF_RECIPIENTS);
    }
    if (actions.contains(Action.CHANGE_SENDER)) {
      left.put(Fact.NULL_SENDER, false);
    }
    boolean same = actions.stream().noneMatch(CHANGES::contains);
    return new Knowledge(
        left,
        same ? answers : Map.of(),
        set.orElse(attributes),
        attributesKnown
            && (set.isPresent() || !actions.contains(Action.SET_ATTRIBUTE))
            && !actions.contains(Action.SET_ANY_ATTRIBUTE));
  }
}
