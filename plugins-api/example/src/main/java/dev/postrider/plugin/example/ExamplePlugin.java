package dev.postrider.plugin.example;

import dev.postrider.plugin.Mailet;
import dev.postrider.plugin.Matcher;
import dev.postrider.plugin.Plugin;
import java.util.List;

/** Named in {@code META-INF/services/dev.postrider.plugin.Plugin}. */
public final class ExamplePlugin implements Plugin {

  /** Made by the host. */
  public ExamplePlugin() {}

  @Override
  public List<Class<? extends Mailet>> mailets() {
    return List.of(StampTime.class);
  }

  @Override
  public List<Class<? extends Matcher>> matchers() {
    return List.of(HeloIs.class);
  }
}
