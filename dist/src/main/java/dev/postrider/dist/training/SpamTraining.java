package dev.postrider.dist.training;

import dev.postrider.dist.home.Refusal;
import dev.postrider.kernel.admin.AdminAnswer;
import dev.postrider.kernel.admin.Administration;
import dev.postrider.plugin.Content;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** Hands mails to the jobs of the spam check, many at a time. */
public final class SpamTraining {

  private static final int BATCH = 8 << 20;
  private static final int MAILS = 250;

  private final Administration administration;
  private final List<String> user;

  /**
   * Through this administration.
   *
   * @param user whose word it is; empty for everybody's
   */
  public SpamTraining(Administration administration, String user) {
    this.administration = administration;
    this.user = user.isEmpty() ? List.of() : List.of(user);
  }

  /** How many mails were learnt now, and in all. */
  public record Learnt(int mails, String inAll) {}

  /** Learns all mails of a file or folder as {@code spam} or {@code ham}. */
  public Learnt learn(String kind, Path source) throws IOException {
    List<String> arguments = new ArrayList<>(List.of(kind));
    arguments.addAll(user);
    List<String> answers = new ArrayList<>();
    int mails = each(source, batch -> answers.add(run("SpamLearn", arguments, batch)));
    return new Learnt(mails, answers.isEmpty() ? "" : answers.getLast());
  }

  /** The probabilities that the mails of a file or folder are spam. */
  public List<Double> judge(Path source) throws IOException {
    List<Double> out = new ArrayList<>();
    each(
        source,
        batch -> run("SpamJudge", user, batch).lines().map(Double::parseDouble).forEach(out::add));
    return out;
  }

  private String run(String job, List<String> arguments, byte[] batch) {
    return switch (administration.job(job, arguments, Content.of(batch))) {
      case AdminAnswer.Done(String text) -> text;
      case AdminAnswer.Refused refused -> throw new Refusal(refused.text().lines().toList());
    };
  }

  private interface Batches {
    void take(byte[] batch);
  }

  private static int each(Path source, Batches batches) throws IOException {
    ByteArrayOutputStream batch = new ByteArrayOutputStream();
    int[] mails = new int[2];
    MailFiles.each(
        source,
        mail -> {
          batch.writeBytes((mail.length + "\n").getBytes(StandardCharsets.US_ASCII));
          batch.writeBytes(mail);
          mails[0]++;
          if (++mails[1] >= MAILS || batch.size() >= BATCH) {
            batches.take(batch.toByteArray());
            batch.reset();
            mails[1] = 0;
          }
        });
    if (batch.size() > 0) {
      batches.take(batch.toByteArray());
    }
    return mails[0];
  }
}
