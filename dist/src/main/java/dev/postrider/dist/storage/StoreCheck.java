package dev.postrider.dist.storage;

import dev.postrider.dist.home.Configurations;
import dev.postrider.dist.home.Home;
import dev.postrider.dist.home.Reasons;
import dev.postrider.dist.home.Refusal;
import dev.postrider.kernel.host.config.ServerConfig;
import dev.postrider.kernel.store.rocks.StoreVerification;
import dev.postrider.kernel.store.rocks.VerificationReport;
import java.io.IOException;

/** A look at the whole store of a home that no server has open. */
public final class StoreCheck {

  private StoreCheck() {}

  /**
   * Reads everything and changes nothing.
   *
   * @throws Refusal when a server has the store, or there is none
   */
  public static VerificationReport of(Home home) {
    ServerConfig config = Configurations.read(home);
    try {
      return StoreVerification.of(config.storage().directory(), Stores.options(config.storage()));
    } catch (IOException e) {
      throw new Refusal(Reasons.of(e));
    }
  }
}
