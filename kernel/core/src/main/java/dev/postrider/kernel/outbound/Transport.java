package dev.postrider.kernel.outbound;

import dev.postrider.plugin.Content;
import dev.postrider.plugin.Envelope;
import dev.postrider.plugin.Recipient;
import dev.postrider.plugin.Route;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;

/**
 * The protocol client, as the kernel sees it: connects to one host and hands it mails. Thread:
 * virtual threads; every call blocks, bounded by its timeouts.
 */
public interface Transport {

  /** Connects, greets, upgrades to TLS and logs in as asked. */
  Connected connect(Host host);

  /**
   * Whom to connect to.
   *
   * @param name the host name, for TLS (SNI) and for people
   * @param address where it is
   * @param heloName what we call ourselves
   * @param requireTls whether to give up where TLS can't be had; otherwise it is used where offered
   *     and certificates are not checked (RFC 7435)
   * @param credentials to log in with; only ever sent under TLS
   * @param connectTimeout for the TCP connection; protocol timeouts follow RFC 5321 §4.5.3.2
   */
  record Host(
      String name,
      InetSocketAddress address,
      String heloName,
      boolean requireTls,
      Optional<Route.Credentials> credentials,
      Duration connectTimeout) {}

  /** What connecting came to. */
  sealed interface Connected {

    /** Ready for mails. */
    record Ready(Channel channel) implements Connected {}

    /** The host answered, but not kindly: greeting, HELO, TLS or login failed. */
    record Declined(Reply reply) implements Connected {}

    /** No connection. */
    record Unreachable(String reason) implements Connected {}
  }

  /** An open connection. One mail at a time. */
  interface Channel extends AutoCloseable {

    /**
     * Sends one mail. {@code TransferFailed} tells of a connection that broke: the fate of the
     * recipients not named in it is unknown, try again.
     */
    Transfer send(Envelope envelope, Content message);

    /** Whether another mail may be sent. */
    boolean reusable();

    /** Says QUIT where that makes sense, and disconnects. Never throws. */
    @Override
    void close();
  }

  /**
   * What sending one mail came to: each recipient has its reply. Recipients missing from the map
   * were not decided because the connection broke (see {@code broken}).
   *
   * @param replies final reply per recipient: of RCPT where that was refused, else of end-of-data
   * @param broken why the connection can't be used any more, where so
   * @param dsnOffered whether the peer took over delivery status wishes (RFC 3461); otherwise a
   *     wanted success report is ours to make
   * @param unheard whether the connection broke before the peer answered anything to this mail, so
   *     that it can't have taken any of it
   */
  record Transfer(
      Map<Recipient, Reply> replies, Optional<String> broken, boolean dsnOffered, boolean unheard) {
    /** Copies the map. */
    public Transfer {
      replies = Map.copyOf(replies);
    }
  }

  /**
   * A remote reply.
   *
   * @param host who said it
   * @param code 200 to 599
   * @param enhanced as {@code 5.1.1}, empty where none was given
   * @param text all lines, control characters replaced, at most 2000 characters
   * @param command what it answers, such as {@code RCPT TO} or {@code end of DATA}
   */
  record Reply(String host, int code, String enhanced, String text, String command) {

    /** 2yz. */
    public boolean isPositive() {
      return code / 100 == 2;
    }

    /** 5yz: trying again does not help. */
    public boolean isPermanent() {
      return code / 100 == 5;
    }
  }
}
