package dev.postrider.kernel.intake;

import static dev.postrider.kernel.intake.Platform.address;
import static dev.postrider.kernel.intake.Platform.client;
import static org.assertj.core.api.Assertions.assertThat;

import dev.postrider.plugin.Client;
import dev.postrider.plugin.ReversePath;
import java.net.InetAddress;
import org.junit.jupiter.api.AfterEach;

/** A platform whose door the tests knock at. */
abstract class DoorFixture {

  Platform platform = new Platform();

  @AfterEach
  void close() {
    platform.close();
  }

  Verdict mail(Client client, String sender) {
    Verdict verdict = platform.door.sender(client, ReversePath.parse(sender), 0);
    platform
        .door
        .senderAtOnce(client, ReversePath.parse(sender), 0)
        .ifPresent(atOnce -> assertThat(atOnce).isEqualTo(verdict));
    return verdict;
  }

  static int code(Verdict verdict) {
    return verdict instanceof Verdict.Refused refused ? refused.status().code() : 250;
  }

  static Client from(String address, String user) {
    Client like = client("guarded", user);
    return new Client(
        InetAddress.ofLiteral(address),
        like.helo(),
        like.protocol(),
        like.listener(),
        like.login(),
        like.tls());
  }
}
