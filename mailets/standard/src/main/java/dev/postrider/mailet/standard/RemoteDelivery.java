package dev.postrider.mailet.standard;

import dev.postrider.plugin.Action;
import dev.postrider.plugin.Doc;
import dev.postrider.plugin.Does;
import dev.postrider.plugin.Domains;
import dev.postrider.plugin.Effect;
import dev.postrider.plugin.Mail;
import dev.postrider.plugin.Mailet;
import dev.postrider.plugin.Outcome;
import dev.postrider.plugin.Param;
import dev.postrider.plugin.Route;
import dev.postrider.plugin.Terminal;
import dev.postrider.plugin.Text;
import java.net.InetAddress;
import java.util.Optional;

/**
 * Sends the mail over SMTP. Retries, time limits and the reports of failure are the outbound
 * queue's and configured there, not here; this differs from Apache James.
 */
@Doc(
    "Sends the mail to the mail exchangers of each recipient's domain, or through a gateway."
        + " When and how often to try again is configured for the outbound queue.")
@Terminal
@Does(Action.RELAY)
public final class RemoteDelivery implements Mailet {

  private final Route route;

  /**
   * Sends by one route.
   *
   * @throws IllegalArgumentException when a gateway parameter stands without {@code gateway}, only
   *     one of user name and password is given, or host or port is none
   */
  public RemoteDelivery(
      @Param(
              name = "gateway",
              doc = "Name or IP address of the one host that takes all mail; one host, not a list.")
          Optional<String> gateway,
      @Param(name = "gatewayPort", doc = "The gateway's port.", defaultValue = "25")
          int gatewayPort,
      @Param(name = "gatewayUsername", doc = "The name to log in with at the gateway.")
          Optional<String> gatewayUsername,
      @Param(
              name = "gatewayPassword",
              doc =
                  "The password to log in with. It goes only to a host whose certificate is verified.")
          Optional<String> gatewayPassword,
      @Param(
              name = "requireTls",
              doc = "Whether to send nothing to the gateway without TLS; always so with a login.",
              defaultValue = "false")
          boolean requireTls) {
    if (gatewayUsername.isPresent() != gatewayPassword.isPresent()) {
      throw new IllegalArgumentException("gatewayUsername and gatewayPassword go together");
    }
    if (gateway.isEmpty() && (gatewayUsername.isPresent() || requireTls)) {
      throw new IllegalArgumentException(
          "gatewayUsername, gatewayPassword and requireTls need a gateway");
    }
    Optional<Route.Credentials> login =
        gatewayUsername.flatMap(
            user -> gatewayPassword.map(password -> new Route.Credentials(user, password)));
    this.route =
        gateway.isPresent()
            ? new Route.SmartHost(host(gateway.get()), gatewayPort, login, requireTls)
            : new Route.Direct();
  }

  @Override
  public Outcome process(Mail mail) {
    return Outcome.done(new Effect.Relay(mail, route));
  }

  private static String host(String text) {
    if (text.indexOf(',') >= 0) {
      throw new IllegalArgumentException("gateway takes one host, not '" + Text.shown(text) + "'");
    }
    String bare = text.strip();
    return bare.indexOf(':') >= 0
        ? InetAddress.ofLiteral(bare).getHostAddress()
        : Domains.normalise(bare);
  }
}
