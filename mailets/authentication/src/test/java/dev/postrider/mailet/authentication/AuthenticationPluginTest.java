package dev.postrider.mailet.authentication;

import static org.assertj.core.api.Assertions.assertThat;

import dev.postrider.plugin.Doc;
import dev.postrider.plugin.Param;
import dev.postrider.plugin.Plugin;
import java.lang.reflect.Parameter;
import java.util.ServiceLoader;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class AuthenticationPluginTest {

  @Test
  void theHostFindsThePluginAndCanBuildWhatItOffers() {
    assertThat(ServiceLoader.load(Plugin.class))
        .singleElement()
        .isInstanceOf(AuthenticationPlugin.class);
    AuthenticationPlugin plugin = new AuthenticationPlugin();
    Stream.concat(plugin.mailets().stream(), plugin.matchers().stream())
        .forEach(
            type -> {
              assertThat(type).hasAnnotation(Doc.class);
              assertThat(type.getConstructors()).hasSize(1);
              for (Parameter parameter : type.getConstructors()[0].getParameters()) {
                assertThat(isLentOrGiven(parameter))
                    .as("parameter %s of %s", parameter, type)
                    .isTrue();
              }
            });
  }

  private static boolean isLentOrGiven(Parameter parameter) {
    Class<?> type = parameter.getType();
    return parameter.isAnnotationPresent(Param.class)
        || type.isRecord()
        || type.getPackageName().equals("dev.postrider.plugin.service")
        || type.getPackageName().startsWith("java.");
  }
}
