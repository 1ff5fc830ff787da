package dev.postrider.mailet.spam.training;

import dev.postrider.mailet.spam.classifier.Classifier;
import dev.postrider.mailet.spam.classifier.Opinion;
import dev.postrider.plugin.Content;
import dev.postrider.plugin.EmailAddress;
import dev.postrider.plugin.Job;
import dev.postrider.plugin.service.PluginState;
import java.io.IOException;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * Asks the classifier about mails and teaches it nothing. Argument: the address of the user for
 * whom, where there is one. Input: mails, each after its number of octets and a line end. Answers
 * one line for each: the probability that it is spam.
 */
public final class SpamJudge implements Job {

  private final Classifier classifier;

  /** Asks through the plugin's state. */
  public SpamJudge(PluginState state, InstantSource clock) {
    this.classifier = new Classifier(state, clock);
  }

  @Override
  public String run(List<String> arguments, Content input) throws IOException {
    Optional<EmailAddress> user = Mails.user(arguments, 0);
    return Mails.in(input).stream()
        .map(
            features ->
                classifier
                    .judge(features, user)
                    .map(Opinion::probability)
                    .orElseThrow(
                        () ->
                            new IllegalArgumentException(
                                ("the classifier has to learn %d mails of each kind first; teach it"
                                        + " with 'postrider spam train'")
                                    .formatted(Classifier.LEAST))))
        .map(probability -> Double.toString(probability))
        .collect(Collectors.joining("\n"));
  }
}
