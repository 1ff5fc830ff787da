package dev.postrider.protocol.smtp.server;

import dev.postrider.kernel.intake.Reception;
import dev.postrider.protocol.line.EventLoops;
import dev.postrider.protocol.line.Listener;
import dev.postrider.protocol.line.ListenerSettings;
import dev.postrider.protocol.line.Pace;
import dev.postrider.protocol.line.Service;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.time.Duration;

/**
 * An SMTP, submission or LMTP listener. Accepts as soon as it is started.
 *
 * <p>{@link #stop} may be called by any thread and blocks until all sessions have ended.
 */
public final class SmtpServer {
  private final Listener listener;

  private SmtpServer(Listener listener) {
    this.listener = listener;
  }

  /**
   * Binds and accepts.
   *
   * @param loops shared by all listeners; stays the caller's
   * @param where address, TLS, trusted networks and proxies; its connection limits are replaced by
   *     those of the settings
   * @param settings name and limits; STARTTLS is offered only if the listener can do it
   * @param reception who decides
   * @throws IOException naming listener and address, if the address cannot be bound
   */
  public static SmtpServer start(
      EventLoops loops, ListenerSettings where, SmtpSettings settings, Reception reception)
      throws IOException {
    return new SmtpServer(
        Listener.start(
            loops,
            where.withLimits(settings.limits().connections(), where.trusted()),
            service(
                settings.offering(where.tls().isPresent() && !where.implicitTls()), reception)));
  }

  static Service<SmtpState, SmtpQuestion, SmtpAnswer> service(
      SmtpSettings settings, Reception reception) {
    SmtpSession session = new SmtpSession(settings);
    Pace pace =
        new Pace(
            Pace.DEFAULT.handshake(),
            Pace.DEFAULT.write(),
            settings.limits().leastOctetsPerMinute());
    String refusal =
        Reply.of(421, "7.0", settings.hostname() + " too many connections, try again later").wire();
    String ban =
        Reply.of(421, "7.1", settings.hostname() + " not from your network now, try again later")
            .wire();
    return new Service<>(session, peer -> new ReceptionConversation(reception), pace, refusal, ban);
  }

  /** Where peers connect, with the port that was taken. */
  public InetSocketAddress address() {
    return listener.address();
  }

  /** The listener's name. */
  public String name() {
    return listener.name();
  }

  /** Connections that are open now. */
  public int connections() {
    return listener.connections();
  }

  /** Stops accepting, lets transactions end, and cuts what is left when the time is over. */
  public void stop(Duration grace) {
    listener.stop(grace);
  }
}
