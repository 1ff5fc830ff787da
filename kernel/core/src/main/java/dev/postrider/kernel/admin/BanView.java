package dev.postrider.kernel.admin;

import dev.postrider.kernel.guard.Ban;

/**
 * A ban in words.
 *
 * @param network whose clients are not let in
 * @param until when it ends, as {@link java.time.Instant#toString}
 * @param number how many bans the network has had in a row
 * @param reason one line
 */
public record BanView(String network, String until, int number, String reason) {

  static BanView of(Ban ban) {
    return new BanView(
        ban.network().toString(), ban.until().toString(), ban.number(), ban.reason());
  }
}
