package dev.postrider.kernel.admin;

import dev.postrider.kernel.pipeline.Arrival;
import dev.postrider.kernel.pipeline.Passage;
import dev.postrider.kernel.pipeline.Pipeline;
import dev.postrider.kernel.pipeline.PipelineEngine;
import dev.postrider.kernel.port.Ids;
import dev.postrider.plugin.Client;
import dev.postrider.plugin.EmailAddress;
import dev.postrider.plugin.Message;
import dev.postrider.plugin.Recipient;
import dev.postrider.plugin.ReversePath;
import dev.postrider.plugin.Text;
import java.io.IOException;
import java.net.InetAddress;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * Runs a mail through the session processors and the pipeline as a session at listener {@code smtp}
 * would, or at {@code submission} where there is a login, and commits nothing.
 */
public final class DryRun implements Tracer {

  private final Supplier<Pipeline> pipeline;
  private final PipelineEngine engine;
  private final Ids ids;
  private final InstantSource clock;

  /** Each trace takes the pipeline that is in use then. */
  public DryRun(Supplier<Pipeline> pipeline, PipelineEngine engine, Ids ids, InstantSource clock) {
    this.pipeline = pipeline;
    this.engine = engine;
    this.ids = ids;
    this.clock = clock;
  }

  @Override
  public TraceAnswer trace(TraceRequest request) {
    try {
      return new TraceAnswer.Traced(
          TraceReport.of(new Passage(engine, pipeline.get()).of(arrival(request))));
    } catch (IllegalArgumentException e) {
      return refused(Text.shown(String.valueOf(e.getMessage())));
    } catch (IOException e) {
      return refused("the message can't be read: " + e.getMessage());
    }
  }

  private static TraceAnswer refused(String text) {
    return new TraceAnswer.Refused(new AdminAnswer.Refused(AdminAnswer.Reason.INVALID, text));
  }

  private static InetAddress address(String text) {
    try {
      return InetAddress.ofLiteral(text);
    } catch (IllegalArgumentException e) {
      throw new IllegalArgumentException(
          "'" + text + "' is not an address like 192.0.2.1 or 2001:db8::1", e);
    }
  }

  private Arrival arrival(TraceRequest request) throws IOException {
    boolean loggedIn = !request.login().isEmpty();
    Client client =
        new Client(
            address(request.client()),
            request.helo().isEmpty() ? "trace.invalid" : request.helo(),
            loggedIn ? "ESMTPSA" : "ESMTP",
            loggedIn ? "submission" : "smtp",
            loggedIn ? Optional.of(EmailAddress.parse(request.login())) : Optional.empty(),
            loggedIn);
    List<Recipient> recipients =
        request.to().stream().map(EmailAddress::parse).map(Recipient::of).toList();
    return new Arrival(
        ids.next(),
        client,
        ReversePath.parse(request.from()),
        recipients,
        Message.read(request.message()),
        Map.of(),
        clock.instant());
  }
}
