package dev.postrider.plugin;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.lang.module.ModuleDescriptor;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

class ModuleTest {

  @Test
  void pluginsNeedNothingButTheJdkInjectAndJspecify() throws Exception {
    assertThat(descriptor().requires())
        .extracting(ModuleDescriptor.Requires::name)
        .containsExactlyInAnyOrder("java.base", "jakarta.inject", "org.jspecify");
  }

  private static ModuleDescriptor descriptor() throws IOException {
    Path classes =
        Path.of(System.getProperty("basedir", ""), "target", "classes", "module-info.class");
    try (InputStream in = Files.newInputStream(classes)) {
      return ModuleDescriptor.read(in);
    }
  }
}
