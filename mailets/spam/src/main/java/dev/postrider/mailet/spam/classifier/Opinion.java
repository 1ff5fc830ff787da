package dev.postrider.mailet.spam.classifier;

import dev.postrider.plugin.Text;
import java.util.ArrayList;
import java.util.List;

/**
 * What the classifier thinks of a mail.
 *
 * @param probability 0 for surely wanted, 1 for surely spam, 0.5 for no idea
 * @param clues the features that decided, the strongest first
 */
public record Opinion(double probability, List<Clue> clues) {

  /**
   * A feature that counted.
   *
   * @param text the feature for a person
   * @param probability that a mail with it is spam
   */
  public record Clue(String text, double probability) {
    @Override
    public String toString() {
      return "%s %.2f".formatted(Text.shown(text), probability);
    }
  }

  /** Copies the list. */
  public Opinion {
    clues = List.copyOf(clues);
  }

  /** As text, one line per clue. */
  public String write() {
    StringBuilder out = new StringBuilder().append(probability);
    clues.forEach(
        clue ->
            out.append('\n')
                .append(clue.probability())
                .append(' ')
                .append(clue.text().replace('\n', ' ').replace('\r', ' ')));
    return out.toString();
  }

  /**
   * Reads it back.
   *
   * @throws IllegalArgumentException when the first line is no number from 0 to 1
   */
  public static Opinion read(String text) {
    List<String> lines = text.strip().lines().toList();
    List<Clue> clues = new ArrayList<>();
    for (String line : lines.subList(Math.min(1, lines.size()), lines.size())) {
      int space = line.indexOf(' ');
      clues.add(new Clue(line.substring(space + 1), number(line.substring(0, Math.max(0, space)))));
    }
    return new Opinion(number(lines.isEmpty() ? "" : lines.getFirst()), clues);
  }

  private static double number(String text) {
    double value = Double.parseDouble(text.isEmpty() ? "?" : text);
    if (!(value >= 0 && value <= 1)) {
      throw new IllegalArgumentException("'" + Text.shown(text) + "' is no number from 0 to 1");
    }
    return value;
  }

  /** In a line: the probability and the strongest clues. */
  public String shown(int most) {
    StringBuilder out = new StringBuilder("%.3f".formatted(probability));
    String between = " (";
    for (Clue clue : clues.subList(0, Math.min(most, clues.size()))) {
      out.append(between).append(clue);
      between = ", ";
    }
    return clues.isEmpty() || most == 0 ? out.toString() : out.append(')').toString();
  }
}
