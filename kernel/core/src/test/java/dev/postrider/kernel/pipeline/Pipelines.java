package dev.postrider.kernel.pipeline;

import dev.postrider.kernel.problem.Place;
import dev.postrider.plugin.Effect;
import dev.postrider.plugin.Mail;
import dev.postrider.plugin.Mailet;
import dev.postrider.plugin.Matcher;
import dev.postrider.plugin.Outcome;
import dev.postrider.plugin.ProcessorName;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Writes pipelines as text would: each entry has a line of its own. */
final class Pipelines {
  private final Map<String, Processor> processors = new HashMap<>();
  private String name = "";
  private Place place = new Place("pipeline.xml", 0);
  private List<Entry> entries = new ArrayList<>();
  private int line;

  static final Matcher ALL = Mail::all;
  static final Mailet KEEP = mail -> Outcome.done(new Effect.Deliver(mail, "INBOX"));

  static Pipelines with(String processor) {
    return new Pipelines().and(processor);
  }

  Pipelines and(String processor) {
    close();
    name = processor;
    place = new Place("pipeline.xml", ++line);
    return this;
  }

  private void close() {
    if (!name.isEmpty()) {
      processors.put(name, new Processor(name, place, entries));
      entries = new ArrayList<>();
    }
  }

  Pipelines entry(Entry entry) {
    entries.add(entry);
    return this;
  }

  Entry last() {
    return entries.getLast();
  }

  /** For some, goes on or not as the mailet likes. */
  Pipelines some(Matcher matcher, Mailet mailet) {
    return some(matcher, mailet, OnException.standard(), OnException.standard());
  }

  Pipelines some(Matcher matcher, Mailet mailet, OnException onMatch, OnException onMailet) {
    return entry(
        new Entry(
            new Place("pipeline.xml", ++line),
            "Some",
            matcher,
            new Criterion.Unsaid("Some"),
            "Mailet",
            mailet,
            false,
            Optional.empty(),
            List.of(),
            onMatch,
            onMailet));
  }

  /** For all. */
  Pipelines all(Mailet mailet) {
    return some(ALL, mailet);
  }

  /** For all, known at load never to go on. */
  Pipelines end(Mailet mailet) {
    return end("Keep", mailet, List.of());
  }

  Pipelines end(String text, Mailet mailet, List<ProcessorName> targets) {
    return entry(
        new Entry(
            new Place("pipeline.xml", ++line),
            "All",
            ALL,
            new Criterion.Always(),
            text,
            mailet,
            true,
            Optional.of(Set.of()),
            targets,
            OnException.standard(),
            OnException.standard()));
  }

  Pipelines to(String processor) {
    ProcessorName target = new ProcessorName(processor);
    return end("ToProcessor", mail -> new Outcome.GoTo(target, mail), List.of(target));
  }

  Pipelines someTo(String processor) {
    ProcessorName target = new ProcessorName(processor);
    return entry(
        new Entry(
            new Place("pipeline.xml", ++line),
            "Some",
            ALL,
            new Criterion.Unsaid("Some"),
            "ToProcessor",
            mail -> new Outcome.GoTo(target, mail),
            true,
            Optional.of(Set.of()),
            List.of(target),
            OnException.standard(),
            OnException.standard()));
  }

  Pipeline build() {
    close();
    name = "";
    return new Pipeline(processors);
  }
}
