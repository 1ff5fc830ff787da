package dev.postrider.dist.pipeline;

import dev.postrider.dist.home.Configurations;
import dev.postrider.dist.home.Home;
import dev.postrider.dist.home.Reasons;
import dev.postrider.dist.home.Refusal;
import dev.postrider.kernel.host.config.ServerConfig;
import dev.postrider.kernel.host.flight.Flight;
import dev.postrider.kernel.host.flight.FlightFolder;
import dev.postrider.kernel.host.flight.FlightLimits;
import dev.postrider.kernel.host.flight.Replay;
import dev.postrider.kernel.pipeline.Pipeline;
import java.io.IOException;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Optional;

/** What the flight recorder of a home has, run again without the server. */
public final class Flights {

  private Flights() {}

  /**
   * A recorded run and the same mail run again.
   *
   * @param flight as recorded
   * @param result as it is now
   * @param note what stands in the way of a faithful replay; empty where nothing does
   */
  public record Replayed(Flight flight, Replay.Result result, String note) {}

  public static Path folder(ServerConfig config) {
    return config.storage().directory().resolve("flight");
  }

  /**
   * Runs all recorded runs of a mail again, each on the pipeline of then.
   *
   * @throws Refusal when there is none
   */
  public static List<Replayed> replay(Home home, String id) {
    ServerConfig config = Configurations.read(home);
    FlightFolder folder = new FlightFolder(folder(config), FlightLimits.none());
    List<Flight> flights = new ArrayList<>();
    try (ReplayedPipelines pipelines = new ReplayedPipelines(config)) {
      folder.read(
          flight -> {
            if (flight.mail().id().equals(id)) {
              flights.add(flight);
            }
          });
      if (flights.isEmpty()) {
        throw new Refusal(
            "no run of mail %s is recorded in %s; <flight-recorder> in conf/postrider.xml says how"
                    .formatted(id, folder(config))
                + " many are kept");
      }
      List<Replayed> out = new ArrayList<>();
      for (Flight flight : flights) {
        Optional<Path> then = folder.pipeline(flight.pipeline());
        Pipeline pipeline = pipelines.read(then.orElse(config.pipeline().file()));
        Replay.Result result =
            new Replay(InstantSource.system(), pipelines.timers()).run(flight, pipeline);
        out.add(new Replayed(flight, result, note(flight, pipeline)));
      }
      return out;
    } catch (IOException e) {
      throw new Refusal("the flight recorder's files can't be read: " + Reasons.of(e));
    }
  }

  private static String note(Flight flight, Pipeline pipeline) {
    if (!flight.pipeline().equals(pipeline.fingerprint())) {
      return "the pipeline of then is not kept; this is another one";
    }
    return flight.whole() ? "" : "the message was too large to be kept; its body is missing";
  }

  /**
   * Runs the latest recorded mails through another pipeline.
   *
   * @param pipeline its file
   * @param last how many at most
   * @throws Refusal when the pipeline is broken
   */
  public static List<Replayed> plan(Home home, Path pipeline, int last) {
    ServerConfig config = Configurations.read(home);
    FlightFolder folder = new FlightFolder(folder(config), FlightLimits.none());
    try (ReplayedPipelines pipelines = new ReplayedPipelines(config)) {
      Pipeline changed = pipelines.load(pipeline);
      Deque<Flight> latest = new ArrayDeque<>();
      folder.read(
          flight -> {
            latest.addLast(flight);
            if (latest.size() > last) {
              latest.removeFirst();
            }
          });
      Replay replay = new Replay(InstantSource.system(), pipelines.timers());
      List<Replayed> out = new ArrayList<>();
      for (Flight flight : latest) {
        String note = flight.whole() ? "" : "its body is missing";
        out.add(new Replayed(flight, replay.run(flight, changed), note));
      }
      return out;
    } catch (IOException e) {
      throw new Refusal("the flight recorder's files can't be read: " + Reasons.of(e));
    }
  }
}
