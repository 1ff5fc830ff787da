package dev.postrider.dist.server;

import dev.postrider.dist.home.ListenersFile;
import dev.postrider.dist.home.Reasons;
import dev.postrider.dist.home.Refusal;
import dev.postrider.kernel.admin.Administration;
import dev.postrider.kernel.guard.AddressRates;
import dev.postrider.kernel.guard.Bans;
import dev.postrider.kernel.guard.ListenerGate;
import dev.postrider.kernel.host.config.ListenerConfig;
import dev.postrider.kernel.host.config.ServerConfig;
import dev.postrider.kernel.host.config.SessionLimits;
import dev.postrider.kernel.host.config.TlsMode;
import dev.postrider.kernel.intake.Reception;
import dev.postrider.kernel.mailbox.MailboxAccess;
import dev.postrider.protocol.admin.AdminServer;
import dev.postrider.protocol.admin.AdminToken;
import dev.postrider.protocol.line.ConnectionLimits;
import dev.postrider.protocol.line.EventLoops;
import dev.postrider.protocol.line.ListenerSettings;
import dev.postrider.protocol.line.Networks;
import dev.postrider.protocol.pop3.Pop3Server;
import dev.postrider.protocol.pop3.Pop3Settings;
import dev.postrider.protocol.smtp.server.Manners;
import dev.postrider.protocol.smtp.server.SmtpLimits;
import dev.postrider.protocol.smtp.server.SmtpProfile;
import dev.postrider.protocol.smtp.server.SmtpServer;
import dev.postrider.protocol.smtp.server.SmtpSettings;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;

/** The listeners of a server, as configured: all are open, or none. */
final class Doors {

  private static final int CHUNKS = 5000;
  private static final int FAILED_LOGINS = 3;

  private final Certificates certificates;
  private final AddressRates rates;
  private final Bans bans;
  private final Map<String, InetSocketAddress> addresses = new LinkedHashMap<>();
  private final List<Stop> stops = new ArrayList<>();

  private interface Stop {
    void within(Duration grace);
  }

  /** Closed ones; those with TLS will show this certificate. */
  Doors(Certificates certificates, AddressRates rates, Bans bans) {
    this.certificates = certificates;
    this.rates = rates;
    this.bans = bans;
  }

  /**
   * What is behind the doors.
   *
   * @param reception for SMTP, submission and LMTP
   * @param mailboxes for POP3
   * @param administration for the admin listener
   * @param figures for the admin listener, in the text format of Prometheus
   * @param token what requests to the admin listener have to bring
   */
  record Behind(
      Reception reception,
      MailboxAccess mailboxes,
      Administration administration,
      Supplier<String> figures,
      AdminToken token) {}

  /**
   * Binds all listeners and accepts.
   *
   * @throws Refusal naming the listener that can't be opened; those opened before are closed
   */
  void open(EventLoops loops, ServerConfig config, Behind behind) {
    config.tls().ifPresent(certificates::read);
    for (ListenerConfig listener : config.listeners()) {
      try {
        open(loops, config, listener, behind);
      } catch (IOException e) {
        stop(Duration.ZERO);
        throw new Refusal(
            "%s: the listener '%s' can't open %s: %s"
                .formatted(
                    listener.place(),
                    listener.name(),
                    ListenersFile.shown(listener.bind()),
                    advice(e, listener)));
      }
    }
  }

  private void open(EventLoops loops, ServerConfig config, ListenerConfig listener, Behind behind)
      throws IOException {
    switch (listener.protocol()) {
      case SMTP -> smtp(loops, config, listener, SmtpProfile.SERVER, behind);
      case SUBMISSION -> smtp(loops, config, listener, SmtpProfile.SUBMISSION, behind);
      case LMTP -> smtp(loops, config, listener, SmtpProfile.LMTP, behind);
      case POP3 -> {
        Pop3Server server =
            Pop3Server.start(
                loops,
                settings(config, listener),
                behind.mailboxes(),
                pop3Limits(listener.limits()));
        add(listener, server.address(), server::stop);
      }
      case ADMIN -> {
        AdminServer server =
            AdminServer.start(
                loops, listener.bind(), behind.token(), behind.administration(), behind.figures());
        add(listener, server.address(), server::stop);
      }
    }
  }

  private void smtp(
      EventLoops loops,
      ServerConfig config,
      ListenerConfig listener,
      SmtpProfile profile,
      Behind behind)
      throws IOException {
    SmtpSettings settings =
        new SmtpSettings(
            config.hostName(),
            config.postmasterDomain(),
            listener.name(),
            profile,
            listener.tls() == TlsMode.STARTTLS,
            smtpLimits(listener.limits()),
            new Manners(
                listener.limits().greetDelay(),
                listener.limits().earlyTalkers(),
                listener.limits().badPipelining()));
    SmtpServer server =
        SmtpServer.start(loops, settings(config, listener), settings, behind.reception());
    add(listener, server.address(), server::stop);
  }

  private void add(ListenerConfig listener, InetSocketAddress address, Stop stop) {
    addresses.put(listener.name(), address);
    stops.add(stop);
  }

  private ListenerSettings settings(ServerConfig config, ListenerConfig listener)
      throws IOException {
    return new ListenerSettings(
        listener.name(),
        listener.bind(),
        listener.tls() == TlsMode.NONE ? Optional.empty() : certificates.context(),
        listener.tls() == TlsMode.IMPLICIT,
        new ConnectionLimits(
            listener.limits().connections(), listener.limits().connectionsPerAddress()),
        new Networks(config.networks().trusted()),
        new Networks(config.networks().proxies()),
        new ListenerGate(listener.name(), rates, bans));
  }

  private static SmtpLimits smtpLimits(SessionLimits limits) {
    return new SmtpLimits(
        new ConnectionLimits(limits.connections(), limits.connectionsPerAddress()),
        limits.messageSize().octets(),
        limits.recipients(),
        limits.mails(),
        limits.commands(),
        limits.errors(),
        CHUNKS,
        limits.commandLine(),
        limits.commandTimeout(),
        limits.progress().octets());
  }

  private static Pop3Settings pop3Limits(SessionLimits limits) {
    Pop3Settings usual = Pop3Settings.defaults();
    return new Pop3Settings(
        usual.idle(),
        limits.commandLine(),
        usual.commandLine(),
        usual.commandsBeforeLogin(),
        usual.commands(),
        limits.errors(),
        FAILED_LOGINS);
  }

  private static String advice(IOException fault, ListenerConfig listener) {
    String reason = Reasons.of(fault);
    String variable = "POSTRIDER_" + listener.name().toUpperCase(Locale.ROOT) + "_PORT";
    if (reason.contains("in use")) {
      return "the port is in use; end the other server, or take another port by " + variable;
    }
    if (reason.contains("Permission denied")) {
      return "no permission; ports below 1024 need root or CAP_NET_BIND_SERVICE, others are set by "
          + variable;
    }
    if (reason.contains("Cannot assign")) {
      return "this host has no such address; mend address in conf/postrider.xml or POSTRIDER_BIND";
    }
    return reason;
  }

  /** Where each listener is, by its name. */
  Map<String, InetSocketAddress> addresses() {
    return Collections.unmodifiableMap(addresses);
  }

  /** Stops accepting at all of them at once, and lets what is in flight end within the grace. */
  void stop(Duration grace) {
    List<Thread> stopping =
        stops.stream().map(stop -> Thread.ofVirtual().start(() -> stop.within(grace))).toList();
    for (Thread thread : stopping) {
      try {
        thread.join();
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        return;
      }
    }
  }
}
