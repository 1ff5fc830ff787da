package dev.postrider.mailet.spam.training;

import dev.postrider.mailet.spam.classifier.Classifier;
import dev.postrider.mailet.spam.classifier.Lesson;
import dev.postrider.plugin.Content;
import dev.postrider.plugin.Job;
import dev.postrider.plugin.service.PluginState;
import java.io.IOException;
import java.time.InstantSource;
import java.util.List;

/**
 * Teaches the classifier. Arguments: {@code spam} or {@code ham}, and the address of the user whose
 * word it is, where it is not everybody's. Input: mails, each after its number of octets and a line
 * end. Answers how much was learnt in all: {@code spam} and {@code ham}, two numbers.
 */
public final class SpamLearn implements Job {

  private final Classifier classifier;

  /** Teaches through the plugin's state. */
  public SpamLearn(PluginState state, InstantSource clock) {
    this.classifier = new Classifier(state, clock);
  }

  @Override
  public String run(List<String> arguments, Content input) throws IOException {
    boolean spam = !arguments.isEmpty() && arguments.getFirst().equals("spam");
    if (!spam && (arguments.isEmpty() || !arguments.getFirst().equals("ham"))) {
      throw new IllegalArgumentException("the first argument is spam or ham");
    }
    List<Lesson> lessons =
        Mails.in(input).stream().map(features -> new Lesson(features, spam)).toList();
    classifier.learn(lessons, Mails.user(arguments, 1));
    Classifier.Learnt learnt = classifier.learnt();
    return learnt.spam() + " " + learnt.ham();
  }
}
