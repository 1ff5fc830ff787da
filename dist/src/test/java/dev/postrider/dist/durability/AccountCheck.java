package dev.postrider.dist.durability;

import dev.postrider.dist.client.Maildrop;
import dev.postrider.dist.client.SmtpPeer;
import dev.postrider.dist.server.RunningServer;
import java.io.IOException;
import java.security.GeneralSecurityException;
import java.util.ArrayList;
import java.util.List;

/** Users that were added can log in, users that were removed are unknown. */
final class AccountCheck {
  private final Journal journal;

  AccountCheck(Journal journal) {
    this.journal = journal;
  }

  /** What is wrong, in words. */
  List<String> problems(RunningServer server) throws IOException, GeneralSecurityException {
    List<String> problems = new ArrayList<>();
    for (String user : journal.users()) {
      try (Maildrop drop = Maildrop.open(server.port("pop3s"), user, AdminLoad.PASSWORD)) {
        if (drop.count() != 0) {
          problems.add(user + " is new and has mail");
        }
      } catch (IOException e) {
        problems.add(user + " was added and can't log in: " + e.getMessage());
      }
    }
    for (String user : journal.removedUsers()) {
      // A session each: one that asks for many unknown names is cut off.
      try (SmtpPeer peer = new SmtpPeer(server.port("smtp"))) {
        peer.command("MAIL FROM:<>");
        String reply = peer.command("RCPT TO:<" + user + ">");
        if (!reply.startsWith("550")) {
          problems.add(user + " was removed and is there: " + reply);
        }
      }
    }
    return problems;
  }
}
