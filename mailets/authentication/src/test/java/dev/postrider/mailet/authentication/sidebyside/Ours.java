package dev.postrider.mailet.authentication.sidebyside;

import dev.postrider.mailet.authentication.arc.Arc;
import dev.postrider.mailet.authentication.dkim.Dkim;
import dev.postrider.mailet.authentication.dmarc.Dmarc;
import dev.postrider.mailet.authentication.dmarc.Policy;
import dev.postrider.mailet.authentication.results.MethodResult;
import dev.postrider.mailet.authentication.results.Verdicts;
import dev.postrider.mailet.authentication.spf.Spf;
import dev.postrider.plugin.Mail;
import dev.postrider.plugin.Mailet;
import dev.postrider.plugin.Outcome;
import dev.postrider.plugin.service.Dns;
import java.time.Duration;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Our mailets. */
record Ours(Dns dns) implements Judge {

  @Override
  public String name() {
    return "we";
  }

  @Override
  public List<Judgement> judge(List<Sent> mails) {
    return mails.stream().map(sent -> judge(sent.mail())).toList();
  }

  private Judgement judge(Mail mail) {
    InstantSource clock = InstantSource.system();
    List<Mailet> chain =
        List.of(
            new Spf(dns, clock, () -> "mx.example.test", Set.of(), false, Duration.ofSeconds(4)),
            new Dkim(dns, clock, 10, 1024),
            new Arc(dns, clock),
            new Dmarc(
                dns,
                clock,
                Policy.REJECT,
                Optional.empty(),
                Optional.empty(),
                Set.of(),
                Set.of(),
                Set.of(),
                true));
    Mail at = mail;
    for (Mailet mailet : chain) {
      at = ((Outcome.Continue) mailet.process(at)).mail();
    }
    Map<String, String> results = new HashMap<>();
    for (String method : Judgement.METHODS) {
      results.put(
          method,
          Verdicts.of(at, method).stream().map(MethodResult::result).findFirst().orElse(""));
    }
    if ("fail".equals(results.get("dmarc"))) {
      results.put("dmarc", "fail, " + at.attribute(Dmarc.DISPOSITION).orElse(""));
    }
    return new Judgement(results);
  }
}
