package dev.postrider.mailet.filtering;

import dev.postrider.mailet.filtering.clamav.ClamAv;
import dev.postrider.mailet.filtering.hook.HttpHook;
import dev.postrider.mailet.filtering.milter.Milter;
import dev.postrider.mailet.filtering.rspamd.Rspamd;
import dev.postrider.mailet.filtering.spamassassin.SpamAssassin;
import dev.postrider.plugin.Mailet;
import dev.postrider.plugin.Plugin;
import java.util.List;

/** Lists the mailets that ask filters outside. */
public final class FilteringPlugin implements Plugin {

  /** Made by the host. */
  public FilteringPlugin() {}

  @Override
  public List<Class<? extends Mailet>> mailets() {
    return List.of(ClamAv.class, HttpHook.class, Milter.class, Rspamd.class, SpamAssassin.class);
  }
}
