package dev.postrider.kernel.guard;

import dev.postrider.kernel.bounce.AdminNotices;
import dev.postrider.plugin.Client;
import dev.postrider.plugin.EmailAddress;
import java.util.List;

/** What the admin reads about a login. */
final class SenderNotices {

  private SenderNotices() {}

  static void ofLimit(
      AdminNotices notices,
      SenderPolicy policy,
      Client client,
      EmailAddress login,
      SenderLimit limit) {
    String knob = limit.words().replace(' ', '-');
    notices.tell(
        policy.notified(),
        "%s has reached its limit of %s".formatted(login, limit.words()),
        List.of(
            "The login %s, now from %s, wants to send to more than its %d %s a day. What goes beyond"
                    .formatted(
                        login, client.address().getHostAddress(), limit.of(policy), limit.words())
                + " is refused for now; more is allowed bit by bit over the day.",
            foreign(login),
            "If it is all right: raise '%s' of <senders> in conf/postrider.xml, or name the login in"
                    .formatted(knob)
                + " 'exempt' there, and restart the server."));
  }

  static void ofHold(
      AdminNotices notices, SenderPolicy policy, Client client, EmailAddress login, String why) {
    notices.tell(
        policy.notified(),
        "Mail of %s is held".formatted(login),
        List.of(
            "The login %s, now from %s, does not send as usual: %s. Its mail is held until you let it"
                    .formatted(login, client.address().getHostAddress(), why)
                + " go, and so is what it sends in the next hours.",
            "'postrider queue list' shows what is held, 'postrider queue show ID' one of them.",
            foreign(login) + " Then remove the mails: 'postrider queue remove ID'.",
            "If it is all right: 'postrider queue release ID'. The first release also lets the login"
                + " send from there again."));
  }

  private static String foreign(EmailAddress login) {
    return "If it is somebody else who sends: set another password at once with 'postrider user passwd"
        + " %1$s', and look through 'postrider user app-password list %1$s'.".formatted(login);
  }
}
