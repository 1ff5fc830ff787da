package dev.postrider.mailet.standard;

import static org.assertj.core.api.Assertions.assertThat;

import dev.postrider.plugin.Children;
import dev.postrider.plugin.Doc;
import dev.postrider.plugin.Mailet;
import dev.postrider.plugin.Matcher;
import dev.postrider.plugin.Param;
import dev.postrider.plugin.Plugin;
import dev.postrider.plugin.service.DirectoryView;
import java.lang.reflect.Modifier;
import java.lang.reflect.Parameter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.ServiceLoader;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class StandardPluginTest {

  private static final Set<Class<?>> SERVICES = Set.of(DirectoryView.class, System.Logger.class);

  static Stream<Class<?>> all() {
    StandardPlugin plugin = new StandardPlugin();
    return Stream.concat(plugin.mailets().stream(), plugin.matchers().stream());
  }

  @Test
  void thePluginIsFoundAsAService() {
    assertThat(ServiceLoader.load(Plugin.class)).singleElement().isInstanceOf(StandardPlugin.class);
  }

  @Test
  void everyMailetAndMatcherOfThePackageIsListed() throws Exception {
    Path classes = Path.of(StandardPlugin.class.getResource("StandardPlugin.class").toURI());
    List<String> found;
    try (Stream<Path> files = Files.list(classes.getParent())) {
      found =
          files
              .map(file -> file.getFileName().toString())
              .filter(name -> name.endsWith(".class") && !name.startsWith("package-info"))
              .map(name -> name.substring(0, name.length() - ".class".length()))
              .filter(StandardPluginTest::isPluginClass)
              .toList();
    }
    assertThat(all().map(Class::getSimpleName)).containsExactlyInAnyOrderElementsOf(found);
  }

  @ParameterizedTest
  @MethodSource("all")
  void theHostCanBuildItFromItsDeclarations(Class<?> type) {
    assertThat(Modifier.isPublic(type.getModifiers())).isTrue();
    assertThat(type.isAnnotationPresent(Doc.class)).as("@Doc").isTrue();
    assertThat(type.getConstructors()).hasSize(1);
    for (Parameter parameter : type.getConstructors()[0].getParameters()) {
      boolean declared =
          parameter.isAnnotationPresent(Param.class)
              || parameter.isAnnotationPresent(Children.class);
      assertThat(declared || SERVICES.contains(parameter.getType()))
          .as("parameter %s of %s", parameter, type)
          .isTrue();
    }
  }

  private static boolean isPluginClass(String name) {
    try {
      Class<?> type = Class.forName(StandardPlugin.class.getPackageName() + "." + name);
      return !type.isSynthetic()
          && (Mailet.class.isAssignableFrom(type) || Matcher.class.isAssignableFrom(type));
    } catch (ClassNotFoundException e) {
      throw new IllegalStateException(e);
    }
  }
}
