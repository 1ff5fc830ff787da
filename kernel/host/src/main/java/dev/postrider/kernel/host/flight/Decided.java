package dev.postrider.kernel.host.flight;

import dev.postrider.kernel.pipeline.PipelineRun;
import dev.postrider.kernel.pipeline.Plan;
import dev.postrider.plugin.Mail;
import dev.postrider.plugin.Message;
import dev.postrider.plugin.Recipient;
import dev.postrider.plugin.Route;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.TreeMap;

/** What a run decided: as fates for people, and as a digest over each octet of it. */
final class Decided {

  private Decided() {}

  static List<Flight.Fate> fates(PipelineRun run) {
    List<Flight.Fate> out = new ArrayList<>();
    for (Plan.Step step : run.plan().steps()) {
      for (Recipient recipient : step.mail().recipients()) {
        out.add(new Flight.Fate(recipient.toString(), words(step)));
      }
    }
    return out;
  }

  private static String words(Plan.Step step) {
    return switch (step) {
      case Plan.Step.Deliver deliver -> "delivered to " + deliver.folder();
      case Plan.Step.Relay(var _, Route.Direct()) -> "relayed by MX";
      case Plan.Step.Relay(var _, Route.SmartHost host) ->
          "relayed through " + host.host() + ":" + host.port();
      case Plan.Step.Bounce bounce -> "bounced with " + bounce.status();
      case Plan.Step.Emit _ -> "sent a new mail";
      case Plan.Step.Refuse refuse -> "refused with " + refuse.status();
      case Plan.Step.Defer defer -> "deferred: " + defer.reason();
      case Plan.Step.Hold hold -> "held: " + hold.reason();
      case Plan.Step.Discard discard -> "discarded: " + discard.reason();
    };
  }

  /**
   * The digest.
   *
   * @param before the mail as it came: a body that is still its own is not read again
   * @throws IOException when a body that a mailet made can't be read
   */
  static String digest(Mail before, PipelineRun run) throws IOException {
    MessageDigest digest = sha256();
    for (Plan.Step step : run.plan().steps()) {
      add(digest, step.getClass().getSimpleName() + " " + words(step));
      mail(digest, before, step.mail());
    }
    for (Mail passed : run.passed()) {
      add(digest, "passed");
      mail(digest, before, passed);
    }
    return HexFormat.of().formatHex(digest.digest());
  }

  private static void mail(MessageDigest digest, Mail before, Mail mail) throws IOException {
    add(digest, mail.sender().toString());
    mail.recipients().forEach(each -> add(digest, each.address() + " " + each.notifyOn()));
    new TreeMap<>(mail.attributes()).forEach((name, value) -> add(digest, name + "=" + value));
    Message message = mail.message();
    digest.update(message.headers().octets());
    if (isOtherBody(before.message(), message)) {
      try (InputStream in = message.open()) {
        byte[] block = new byte[16 * 1024];
        for (int n = in.read(block); n >= 0; n = in.read(block)) {
          digest.update(block, 0, n);
        }
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

  private static MessageDigest sha256() {
    try {
      return MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every JDK has SHA-256", e);
    }
  }
}
