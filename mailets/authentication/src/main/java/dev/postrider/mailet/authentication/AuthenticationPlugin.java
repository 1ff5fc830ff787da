package dev.postrider.mailet.authentication;

import dev.postrider.mailet.authentication.arc.Arc;
import dev.postrider.mailet.authentication.arc.ArcSeal;
import dev.postrider.mailet.authentication.dkim.Dkim;
import dev.postrider.mailet.authentication.dkim.DkimReplays;
import dev.postrider.mailet.authentication.dkim.DkimSign;
import dev.postrider.mailet.authentication.dmarc.Dmarc;
import dev.postrider.mailet.authentication.dmarc.report.DmarcReceived;
import dev.postrider.mailet.authentication.dmarc.report.DmarcReports;
import dev.postrider.mailet.authentication.dmarc.report.ReadDmarcReports;
import dev.postrider.mailet.authentication.results.AuthenticationResults;
import dev.postrider.mailet.authentication.sender.FromCheck;
import dev.postrider.mailet.authentication.sender.HeloCheck;
import dev.postrider.mailet.authentication.sender.Iprev;
import dev.postrider.mailet.authentication.sender.OwnDomain;
import dev.postrider.mailet.authentication.sender.SenderDomain;
import dev.postrider.mailet.authentication.spf.Spf;
import dev.postrider.plugin.Job;
import dev.postrider.plugin.Mailet;
import dev.postrider.plugin.Plugin;
import java.util.List;

/** Lists the mailets that ask who sent a mail, and what they have kept. */
public final class AuthenticationPlugin implements Plugin {

  /** Made by the host. */
  public AuthenticationPlugin() {}

  @Override
  public List<Class<? extends Mailet>> mailets() {
    return List.of(
        Arc.class,
        ArcSeal.class,
        AuthenticationResults.class,
        Dkim.class,
        DkimReplays.class,
        DkimSign.class,
        Dmarc.class,
        DmarcReports.class,
        FromCheck.class,
        HeloCheck.class,
        Iprev.class,
        OwnDomain.class,
        ReadDmarcReports.class,
        SenderDomain.class,
        Spf.class);
  }

  @Override
  public List<Class<? extends Job>> jobs() {
    return List.of(DmarcReceived.class);
  }
}
