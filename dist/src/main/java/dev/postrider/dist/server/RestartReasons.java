package dev.postrider.dist.server;

import dev.postrider.kernel.host.config.ListenerConfig;
import dev.postrider.kernel.host.config.PipelineConfig;
import dev.postrider.kernel.host.config.ServerConfig;
import dev.postrider.kernel.problem.Place;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;

/** What of {@code conf/postrider.xml} was changed and counts only from the next start on. */
final class RestartReasons {

  private static final Place ANYWHERE = new Place("", 0);

  private record Part(String name, Function<ServerConfig, Object> value) {}

  private static final List<Part> PARTS =
      List.of(
          new Part("<hostname>", ServerConfig::hostName),
          new Part("<domains>", ServerConfig::domains),
          new Part("<listeners>", RestartReasons::listeners),
          new Part("<storage>", ServerConfig::storage),
          new Part("<dns>", ServerConfig::dns),
          new Part("<networks>", ServerConfig::networks),
          new Part("<outbound>", ServerConfig::outbound),
          new Part("<login>", ServerConfig::login),
          new Part("<bans>", ServerConfig::bans),
          new Part("<senders>", ServerConfig::senders),
          new Part("<directory>", ServerConfig::directory),
          ofPipeline("deadline", PipelineConfig::deadline),
          ofPipeline("step-deadline", PipelineConfig::stepDeadline),
          ofPipeline("job-deadline", PipelineConfig::jobDeadline),
          ofPipeline("max-received", PipelineConfig::maxReceived),
          ofPipeline("watch", PipelineConfig::watch),
          new Part("<flight-recorder>", ServerConfig::flights),
          new Part("<admin>", ServerConfig::admin),
          new Part("<logging>", ServerConfig::logging));

  private RestartReasons() {}

  /** The names of what differs, as in the file. */
  static List<String> between(ServerConfig started, ServerConfig now) {
    List<String> changed = new ArrayList<>();
    for (Part part : PARTS) {
      if (!part.value().apply(started).equals(part.value().apply(now))) {
        changed.add(part.name());
      }
    }
    return changed;
  }

  private static Part ofPipeline(String name, Function<PipelineConfig, Object> value) {
    return new Part(name + " of <pipeline>", config -> value.apply(config.pipeline()));
  }

  // A listener that only moved to another line is the same.
  private static List<ListenerConfig> listeners(ServerConfig config) {
    return config.listeners().stream()
        .map(
            each ->
                new ListenerConfig(
                    each.name(), each.protocol(), each.bind(), each.tls(), each.limits(), ANYWHERE))
        .toList();
  }
}
