package dev.postrider.mailet.authentication.dkim;

import dev.postrider.plugin.Message;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Random;

/** Mails with all that canonical forms differ in; the same ones for the same seed. */
public final class RandomMails {

  private static final List<String> PIECES =
      List.of(
          "word",
          "two words",
          " ",
          "  ",
          "\t",
          " \t ",
          "\r\n",
          "\r\n\r\n",
          "\r\n \r\n",
          ".",
          "é",
          "Content-Type: text/plain",
          "=",
          ";",
          "\r\n.\r\n",
          "\r\n\t\r\n",
          "x".repeat(200));

  private final Random random;

  /** Of a seed. */
  public RandomMails(long seed) {
    random = new Random(seed);
  }

  /** Another one, by alice@example.org. */
  public Message next() {
    return next("example.org");
  }

  /** Another one, by a user of this domain. */
  public Message next(String domain) {
    StringBuilder out = new StringBuilder();
    out.append("Received: from a by b;\r\n\tMon, 23 Nov 2026 12:00:00 +0000\r\n");
    out.append("From:").append(space()).append("Alice <alice@" + domain + ">").append(end());
    out.append("To: ").append("bob@example.test,").append(fold());
    out.append("carol@example.test").append(end());
    out.append("SUBJECT:").append(space()).append("A").append(space()).append("subject");
    out.append(fold()).append(random.nextInt(1000)).append(end());
    out.append("Date: Mon, 23 Nov 2026 12:00:00 +0000\r\n");
    out.append("Message-ID: <").append(random.nextLong()).append("@example.org>\r\n");
    for (int i = random.nextInt(3); i > 0; i--) {
      out.append("Cc: c").append(i).append("@example.test").append(end());
    }
    out.append("\r\n");
    for (int i = random.nextInt(40); i > 0; i--) {
      out.append(PIECES.get(random.nextInt(PIECES.size())));
    }
    out.append("\r\n");
    return Message.of(out.toString().getBytes(StandardCharsets.UTF_8));
  }

  private String space() {
    return " ".repeat(1 + random.nextInt(3));
  }

  private String fold() {
    return random.nextBoolean() ? "\r\n\t" : " \r\n  ";
  }

  private String end() {
    return random.nextInt(3) == 0 ? " \r\n" : "\r\n";
  }
}
