package ${package};

import dev.postrider.plugin.Mailet;
import dev.postrider.plugin.Matcher;
import dev.postrider.plugin.Plugin;
import java.util.List;

/** Names what this plugin offers. */
public final class TagPlugin implements Plugin {

  @Override
  public List<Class<? extends Matcher>> matchers() {
    return List.of(SubjectHas.class);
  }

  @Override
  public List<Class<? extends Mailet>> mailets() {
    return List.of(Tag.class);
  }
}
