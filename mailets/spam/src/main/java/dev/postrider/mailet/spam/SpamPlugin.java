package dev.postrider.mailet.spam;

import dev.postrider.mailet.spam.greylist.Greylist;
import dev.postrider.mailet.spam.greylist.RememberCorrespondents;
import dev.postrider.mailet.spam.lists.DnsList;
import dev.postrider.mailet.spam.lists.UrlList;
import dev.postrider.mailet.spam.reputation.Honeypot;
import dev.postrider.mailet.spam.score.SpamScore;
import dev.postrider.mailet.spam.training.MoveLessons;
import dev.postrider.mailet.spam.training.SpamJudge;
import dev.postrider.mailet.spam.training.SpamLearn;
import dev.postrider.plugin.Job;
import dev.postrider.plugin.MailboxListener;
import dev.postrider.plugin.Mailet;
import dev.postrider.plugin.Plugin;
import java.util.List;

/** Lists the mailets that judge whether a mail is wanted. */
public final class SpamPlugin implements Plugin {

  /** Made by the host. */
  public SpamPlugin() {}

  @Override
  public List<Class<? extends Mailet>> mailets() {
    return List.of(
        DnsList.class,
        Greylist.class,
        Honeypot.class,
        RememberCorrespondents.class,
        SpamScore.class,
        UrlList.class);
  }

  @Override
  public List<Class<? extends Job>> jobs() {
    return List.of(SpamJudge.class, SpamLearn.class);
  }

  @Override
  public List<Class<? extends MailboxListener>> mailboxListeners() {
    return List.of(MoveLessons.class);
  }
}
