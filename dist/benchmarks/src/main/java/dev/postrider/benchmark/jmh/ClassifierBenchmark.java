package dev.postrider.benchmark.jmh;

import dev.postrider.mailet.spam.classifier.Classifier;
import dev.postrider.mailet.spam.classifier.Features;
import dev.postrider.mailet.spam.classifier.Lesson;
import dev.postrider.mailet.spam.classifier.Opinion;
import dev.postrider.mailet.spam.mime.Limits;
import dev.postrider.mailet.spam.reading.Reading;
import dev.postrider.plugin.Message;
import dev.postrider.plugin.testkit.Corpus;
import dev.postrider.plugin.testkit.InMemoryState;
import java.io.IOException;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;

/** Reads a mail of 10 KB and asks the classifier, which has learnt 1,000 mails of each kind. */
@State(Scope.Benchmark)
public class ClassifierBenchmark {

  private static final int LEARNT = 1_000;

  private final Classifier classifier = new Classifier(new InMemoryState(), InstantSource.system());
  private final Message mail = Message.of(Letter.octets(new Corpus(11).text(false, 9_400)));

  /** Teaches it. */
  @Setup
  public void teach() throws IOException {
    Corpus corpus = new Corpus(7);
    List<Lesson> lessons = new ArrayList<>();
    for (int i = 0; i < LEARNT; i++) {
      lessons.add(new Lesson(features(corpus.ham()), false));
      lessons.add(new Lesson(features(corpus.spam()), true));
    }
    classifier.learn(lessons, Optional.empty());
  }

  /** One mail. */
  @Benchmark
  public Opinion judge() throws IOException {
    return classifier.judge(features(mail), Optional.empty()).orElseThrow();
  }

  private static Features features(Message message) throws IOException {
    return Features.of(Reading.of(message, Limits.defaults()));
  }
}
