package dev.postrider.mailet.filtering.rspamd;

import dev.postrider.mailet.filtering.HeaderName;
import dev.postrider.mailet.filtering.OnFailure;
import dev.postrider.mailet.filtering.Treatment;
import dev.postrider.mailet.filtering.daemon.Terms;
import dev.postrider.mailet.filtering.hook.HookUrl;
import dev.postrider.plugin.ByteSize;
import dev.postrider.plugin.service.Elsewhere;
import dev.postrider.plugin.service.Http;
import dev.postrider.plugin.testkit.FixedClock;
import java.time.Duration;
import java.util.Optional;

/** Rspamd mailets for tests. */
record Rspamds(Treatment reject, boolean greylist, OnFailure onFailure, int breakAfter) {

  static Rspamds standard() {
    return new Rspamds(Treatment.REFUSE, false, OnFailure.DEFER, 1_000_000);
  }

  Rspamds treating(Treatment treatment) {
    return new Rspamds(treatment, greylist, onFailure, breakAfter);
  }

  Rspamds greylisting() {
    return new Rspamds(reject, true, onFailure, breakAfter);
  }

  Rspamds open() {
    return new Rspamds(reject, greylist, OnFailure.OPEN, breakAfter);
  }

  Rspamds breakingAfter(int failures) {
    return new Rspamds(reject, greylist, onFailure, failures);
  }

  Rspamd of(Http http, String url) {
    return new Rspamd(
        http,
        Elsewhere.live(),
        FixedClock.at("2026-11-23T12:00:00Z"),
        System.getLogger("test"),
        HookUrl.parse(url),
        Optional.of("secret"),
        ByteSize.parse("1m"),
        reject,
        greylist,
        HeaderName.parse("X-Spam"),
        new Terms(Duration.ofSeconds(20), 4, breakAfter, Duration.ofSeconds(30), onFailure));
  }
}
