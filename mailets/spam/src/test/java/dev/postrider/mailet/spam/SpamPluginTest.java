package dev.postrider.mailet.spam;

import static org.assertj.core.api.Assertions.assertThat;

import dev.postrider.plugin.Plugin;
import java.util.ServiceLoader;
import org.junit.jupiter.api.Test;

class SpamPluginTest {

  @Test
  void theHostFindsThePlugin() {
    assertThat(ServiceLoader.load(Plugin.class)).singleElement().isInstanceOf(SpamPlugin.class);
    assertThat(new SpamPlugin().mailets())
        .extracting(Class::getSimpleName)
        .contains("SpamScore", "DnsList", "UrlList", "Greylist", "Honeypot");
  }
}
