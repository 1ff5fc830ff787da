package dev.postrider.kernel.host.pipeline;

import dev.postrider.kernel.host.xml.Problems;
import dev.postrider.kernel.host.xml.XmlNode;
import dev.postrider.kernel.problem.NearestName;
import dev.postrider.plugin.Action;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;

/**
 * Actions as they are written in a pipeline file: {@code does="bounce, edit-body"}. {@link
 * Action#SET_ATTRIBUTE} is not among them: only an author can say that attributes don't depend on
 * the mail.
 */
public final class ActionWords {

  private static final List<Action> ALL =
      Arrays.stream(Action.values()).filter(each -> each != Action.SET_ATTRIBUTE).toList();

  private ActionWords() {}

  /** All words, separated by commas. */
  public static String all() {
    return of(ALL);
  }

  static String of(Iterable<Action> actions) {
    Set<Action> ordered = new TreeSet<>();
    actions.forEach(ordered::add);
    return ordered.stream().map(ActionWords::word).collect(Collectors.joining(", "));
  }

  private static String word(Action action) {
    return action.name().toLowerCase(Locale.ROOT).replace('_', '-');
  }

  /** Reads the text of an attribute; each word that is none is a problem, and left out. */
  static Set<Action> read(String text, XmlNode node, Problems problems) {
    Set<Action> actions = EnumSet.noneOf(Action.class);
    for (String each : text.split(",", -1)) {
      String word = each.strip().toLowerCase(Locale.ROOT);
      Optional<Action> action = ALL.stream().filter(one -> word(one).equals(word)).findFirst();
      action.ifPresent(actions::add);
      if (action.isEmpty() && !word.isEmpty()) {
        problems.add(
            node.place(),
            "does of " + node.shown() + ": '" + word + "' is nothing that a mailet may do",
            NearestName.suggestion(word, ALL.stream().map(ActionWords::word).toList()));
      }
    }
    return actions;
  }
}
