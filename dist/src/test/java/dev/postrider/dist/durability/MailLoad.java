package dev.postrider.dist.durability;

import dev.postrider.dist.client.SmtpPeer;
import dev.postrider.dist.server.RunningServer;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Random;

/** Sends mail of all kinds, several on a connection. */
final class MailLoad implements Load {
  private static final int LARGE = 400_000;

  @Override
  public void work(RunningServer server, Random random, Journal journal) throws IOException {
    try (SmtpPeer peer = new SmtpPeer(server.port("smtp"))) {
      for (int i = random.nextInt(30); i >= 0; i--) {
        Posting posting = Posting.values()[random.nextInt(Posting.values().length)];
        String subject = journal.nextSubject();
        int size = random.nextInt(20) == 0 ? LARGE : random.nextInt(4000);
        byte[] mail =
            ("Subject: " + subject + "\r\n\r\n" + "x".repeat(70) + "\r\n" + body(size))
                .getBytes(StandardCharsets.UTF_8);
        String reply = peer.send("x@example.test", posting.recipients(subject), mail);
        if (reply.startsWith("250")) {
          String id = reply.substring(reply.lastIndexOf(' ') + 1);
          journal.sent(new Journal.Sent(subject, id, posting));
        }
      }
    }
  }

  private static String body(int size) {
    return ("y".repeat(70) + "\r\n").repeat(size / 72);
  }
}
