package dev.postrider.mailet.filtering;

import static org.assertj.core.api.Assertions.assertThat;

import dev.postrider.plugin.Param;
import dev.postrider.plugin.Plugin;
import dev.postrider.plugin.service.Dns;
import dev.postrider.plugin.service.Elsewhere;
import dev.postrider.plugin.service.Http;
import java.lang.reflect.Parameter;
import java.time.InstantSource;
import java.util.ServiceLoader;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class FilteringPluginTest {

  private static final Set<Class<?>> SERVICES =
      Set.of(Dns.class, Elsewhere.class, Http.class, InstantSource.class, System.Logger.class);

  @Test
  void theHostFindsThePluginAndCanBuildItsMailets() {
    assertThat(ServiceLoader.load(Plugin.class))
        .singleElement()
        .isInstanceOf(FilteringPlugin.class);
    for (Class<?> type : new FilteringPlugin().mailets()) {
      assertThat(type.getConstructors()).hasSize(1);
      for (Parameter parameter : type.getConstructors()[0].getParameters()) {
        assertThat(
                parameter.isAnnotationPresent(Param.class)
                    || isRecordOfParameters(parameter.getType())
                    || SERVICES.contains(parameter.getType()))
            .as("parameter %s of %s", parameter, type)
            .isTrue();
      }
    }
  }

  private static boolean isRecordOfParameters(Class<?> type) {
    return type.isRecord()
        && Stream.of(type.getRecordComponents())
            .allMatch(component -> component.isAnnotationPresent(Param.class));
  }
}
