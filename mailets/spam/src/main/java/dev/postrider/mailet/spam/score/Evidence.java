package dev.postrider.mailet.spam.score;

import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;

/** Collects findings of one mail, each rule once. Not thread-safe. */
final class Evidence {

  private final Map<Rule, Double> weights;
  private final List<Finding> findings = new ArrayList<>();

  Evidence(Map<Rule, Double> weights, List<Finding> before) {
    this.weights = weights;
    findings.addAll(before);
  }

  /** The points of all rules, with other ones for some. */
  static Map<Rule, Double> weights(List<Weight> others) {
    Map<Rule, Double> out = new EnumMap<>(Rule.class);
    for (Rule rule : Rule.values()) {
      out.put(rule, rule.points());
    }
    others.forEach(weight -> out.put(weight.rule(), weight.points().value()));
    return out;
  }

  void add(Rule rule) {
    add(rule, 1, "");
  }

  void addIf(boolean condition, Rule rule) {
    if (condition) {
      add(rule);
    }
  }

  /** With a part of the rule's points, 0 to 1. */
  void add(Rule rule, double share, String detail) {
    double weight = weights.getOrDefault(rule, rule.points());
    Points points = new Points(weight * share);
    boolean known = findings.stream().anyMatch(each -> each.name().equals(rule.shown()));
    if (points.value() != 0 && !known) {
      findings.add(new Finding(rule.shown(), points, detail));
    }
  }

  List<Finding> findings() {
    return List.copyOf(findings);
  }

  Points sum() {
    double sum = findings.stream().mapToDouble(each -> each.points().value()).sum();
    return new Points(Math.clamp(sum, -1000, 1000));
  }
}
