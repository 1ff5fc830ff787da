package dev.postrider.protocol.pop3;

import dev.postrider.kernel.mailbox.MailboxAccess;
import dev.postrider.plugin.Client;
import dev.postrider.protocol.line.EventLoops;
import dev.postrider.protocol.line.Listener;
import dev.postrider.protocol.line.ListenerSettings;
import dev.postrider.protocol.line.Pace;
import dev.postrider.protocol.line.Peer;
import dev.postrider.protocol.line.Service;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.Optional;

/**
 * POP3 at one address: {@code pop3} with STLS or {@code pop3s} with TLS from the start, as the
 * listener's settings say. Thread: any; {@link #stop} blocks.
 */
public final class Pop3Server {

  private final Listener listener;

  private Pop3Server(Listener listener) {
    this.listener = listener;
  }

  /**
   * Binds and accepts.
   *
   * @throws IOException naming listener and address, if the address can't be bound
   */
  public static Pop3Server start(
      EventLoops loops, ListenerSettings settings, MailboxAccess mailboxes, Pop3Settings limits)
      throws IOException {
    return new Pop3Server(Listener.start(loops, settings, service(settings, mailboxes, limits)));
  }

  private static Service<Pop3State, Pop3Question, Pop3Answer> service(
      ListenerSettings settings, MailboxAccess mailboxes, Pop3Settings limits) {
    boolean stls = settings.tls().isPresent() && !settings.implicitTls();
    return new Service<>(
        new Pop3Session(limits, stls),
        peer -> new Pop3Conversation(mailboxes, client(peer, settings.name())),
        Pace.DEFAULT,
        "-ERR [SYS/TEMP] too many connections, try again later\r\n",
        "-ERR [SYS/TEMP] not from your network now, try again later\r\n");
  }

  private static Client client(Peer peer, String listener) {
    return new Client(peer.remote().getAddress(), "", "POP3S", listener, Optional.empty(), true);
  }

  /** Where clients connect, with the port that was taken. */
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

  /** See {@link Listener#stop}. */
  public void stop(Duration grace) {
    listener.stop(grace);
  }
}
