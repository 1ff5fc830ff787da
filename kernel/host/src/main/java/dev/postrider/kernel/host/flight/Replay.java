package dev.postrider.kernel.host.flight;

import dev.postrider.kernel.host.plugin.PluginServices;
import dev.postrider.kernel.pipeline.Pipeline;
import dev.postrider.kernel.pipeline.PipelineEngine;
import dev.postrider.kernel.pipeline.PipelinePolicy;
import dev.postrider.kernel.pipeline.PipelineRun;
import dev.postrider.kernel.port.Timers;
import dev.postrider.plugin.EmailAddress;
import dev.postrider.plugin.Mail;
import dev.postrider.plugin.service.DirectoryView;
import dev.postrider.plugin.service.Dns;
import dev.postrider.plugin.service.DnsAnswer;
import dev.postrider.plugin.service.Http;
import dev.postrider.plugin.service.MxRecord;
import java.io.IOException;
import java.net.InetAddress;
import java.time.InstantSource;
import java.util.List;
import java.util.Set;
import java.util.random.RandomGenerator;

/**
 * Runs a recorded mail again, on what was answered then: nothing reaches the network, the store or
 * the clock. Thread: any; waits for the plugins.
 */
public final class Replay {

  private final InstantSource clock;
  private final Timers timers;

  /** Timers end a plugin that does not come back. */
  public Replay(InstantSource clock, Timers timers) {
    this.clock = clock;
    this.timers = timers;
  }

  /**
   * What a replay came to.
   *
   * @param run traced
   * @param fates what was decided for whom
   * @param same whether it is, octet for octet, what was decided then
   * @param unknown questions that were not asked then, and so have no answer
   */
  public record Result(
      PipelineRun run, List<Flight.Fate> fates, boolean same, Set<String> unknown) {}

  /** Services for a pipeline that is only replayed. */
  public static PluginServices services() {
    return ObservedServices.of(
        PluginServices.of(new Nothing(), new Nothing(), () -> Kind.CLOCK.unknown().get())
            .with(Http.class, asker -> request -> Kind.HTTP.unknown().get())
            .with(RandomGenerator.class, asker -> () -> 0L));
  }

  /**
   * Runs it.
   *
   * @param pipeline whose plugins have the services of {@link #services}
   * @throws IOException when a body that a mailet made can't be read
   */
  public Result run(Flight flight, Pipeline pipeline) throws IOException {
    Repeated repeated = new Repeated(flight.answers());
    PipelineEngine engine =
        new PipelineEngine(
            PipelinePolicy.defaults(),
            clock,
            timers,
            (used, processor, mail) -> repeated.observation());
    Mail mail = flight.mail();
    PipelineRun run = engine.run(pipeline, flight.processor(), mail, true);
    boolean same = Decided.digest(mail, run).equals(flight.digest());
    return new Result(run, Decided.fates(run), same, repeated.unknown());
  }

  /** Asked outside of a run, such as by a constructor. */
  private record Nothing() implements Dns, DirectoryView {
    @Override
    public DnsAnswer<MxRecord> mx(String domain) {
      return Kind.MX.unknown().get();
    }

    @Override
    public DnsAnswer<InetAddress> addresses(String host) {
      return Kind.ADDRESSES.unknown().get();
    }

    @Override
    public DnsAnswer<String> txt(String name) {
      return Kind.TXT.unknown().get();
    }

    @Override
    public DnsAnswer<String> reverse(InetAddress address) {
      return Kind.REVERSE.unknown().get();
    }

    @Override
    public boolean isLocalDomain(String domain) {
      return Kind.DIRECTORY.unknown().get();
    }

    @Override
    public boolean accepts(EmailAddress address) {
      return Kind.DIRECTORY.unknown().get();
    }
  }
}
