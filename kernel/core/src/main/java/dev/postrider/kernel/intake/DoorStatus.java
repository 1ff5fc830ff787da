package dev.postrider.kernel.intake;

import dev.postrider.kernel.guard.SenderLimit;
import dev.postrider.kernel.guard.SenderRates;
import dev.postrider.plugin.EnhancedStatus;
import dev.postrider.plugin.Status;

/** What peers are told; nothing of it names what is behind the door. */
final class DoorStatus {
  static final Status TOO_BIG = status(552, "5.3.4", "message is larger than this server takes");
  static final Status LOGIN_FIRST = status(530, "5.7.0", "log in first");
  static final Status NOT_YOUR_SENDER =
      status(553, "5.7.1", "your login may not send as this address");
  static final Status NOT_YOUR_FROM =
      status(550, "5.7.1", "your login may not send with this From field");
  static final Status NO_RELAY = status(550, "5.7.1", "relaying denied");
  static final Status NO_SUCH_USER = status(550, "5.1.1", "no such user here");
  static final Status NO_EXPANSION = status(451, "4.2.4", "the address can't be expanded now");
  static final Status NOT_NOW = status(451, "4.3.0", "can't be handled now, try again later");
  static final Status NO_SPACE = status(452, "4.3.1", "no space for it now, try again later");
  static final Status TOO_MANY_MESSAGES =
      status(450, "4.7.1", "too many messages from your network, try again later");
  static final Status TOO_MANY_RECIPIENTS =
      status(450, "4.7.1", "too many recipients from your network, try again later");
  static final Status BANNED = status(421, "4.7.1", "not from your network now, try again later");
  static final Status LOG_IN_AGAIN = status(421, "4.7.0", "your login holds no more, log in again");
  static final Status LOOP = status(554, "5.4.6", "too many Received fields: a mail loop");
  static final Status BAD_HEADER =
      status(550, "5.6.0", "the header holds a CR without LF or a NUL");
  static final Status NOBODY = status(554, "5.5.1", "no recipients");

  private DoorStatus() {}

  static Status overLimit(SenderLimit limit) {
    return switch (limit) {
      case MESSAGES -> status(450, "4.7.1", "your login has sent too many messages for a day");
      case RECIPIENTS -> status(450, "4.7.1", "your login has named too many recipients for a day");
      case NEW_RECIPIENTS ->
          status(450, "4.7.1", "your login has named too many new recipients for a day");
    };
  }

  static Status overRate(SenderRates.Kind kind) {
    return switch (kind) {
      case SENDER -> status(450, "4.7.1", "too many messages of this sender, try again later");
      case SENDER_DOMAIN ->
          status(450, "4.7.1", "too many messages of this sender's domain, try again later");
      case SENDER_AT_ONCE ->
          status(450, "4.7.1", "too many messages of this sender at once, try again later");
    };
  }

  private static Status status(int code, String enhanced, String text) {
    return new Status(code, EnhancedStatus.parse(enhanced), text);
  }
}
