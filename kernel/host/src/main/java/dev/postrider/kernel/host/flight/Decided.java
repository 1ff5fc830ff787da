package dev.postrider.kernel.host.flight;

import dev.postrider.kernel.pipeline.PipelineRun;
import dev.postrider.kernel.pipeline.Plan;
import dev.postrider.kernel.pipeline.Words;
import dev.postrider.kernel.port.Sha256;
import dev.postrider.plugin.Mail;
import dev.postrider.plugin.Message;
import dev.postrider.plugin.Recipient;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;

/** What a run decided: as fates for people, and as a digest over each octet of it. */
final class Decided {

  private Decided() {}

  static List<Flight.Fate> fates(PipelineRun run) {
    List<Flight.Fate> out = new ArrayList<>();
    for (Plan.Step step : run.plan().steps()) {
      for (Recipient recipient : step.mail().recipients()) {
        out.add(new Flight.Fate(recipient.toString(), Words.fate(step)));
      }
    }
    return out;
  }

  /**
   * The digest.
   *
   * @param before the mail as it came: a body that is still its own is not read again
   * @throws IOException when a body that a mailet made can't be read
   */
  static String digest(Mail before, PipelineRun run) throws IOException {
    MessageDigest digest = Sha256.begin();
    for (Plan.Step step : run.plan().steps()) {
      add(digest, step.getClass().getSimpleName() + " " + Words.fate(step));
      mail(digest, before, step.mail());
    }
    for (Mail passed : run.passed()) {
      add(digest, "passed");
      mail(digest, before, passed);
    }
    return Sha256.end(digest);
  }

  private static void mail(MessageDigest digest, Mail before, Mail mail) throws IOException {
    add(digest, mail.sender().toString());
    mail.recipients().forEach(each -> add(digest, each.address() + " " + each.notifyOn()));
    new TreeMap<>(mail.attributes()).forEach((name, value) -> add(digest, name + "=" + value));
    Message message = mail.message();
    digest.update(message.headers().octets());
    if (isOtherBody(before.message(), message)) {
      try (InputStream in = message.open()) {
        Sha256.add(in, digest);
      }
    }
  }

  @SuppressWarnings("ReferenceEquality") // contents have no other equality
  private static boolean isOtherBody(Message before, Message after) {
    return before.source() != after.source();
  }

  private static void add(MessageDigest digest, String text) {
    digest.update(text.getBytes(StandardCharsets.UTF_8));
    digest.update((byte) 0);
  }
}
