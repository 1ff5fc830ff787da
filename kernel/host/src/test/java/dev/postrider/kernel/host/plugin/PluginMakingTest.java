package dev.postrider.kernel.host.plugin;

import static org.assertj.core.api.Assertions.assertThat;

import dev.postrider.plugin.Matcher;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;

class PluginMakingTest extends BindingFixture {

  private Optional<Made<Matcher>> matcher(
      String name, List<Matcher> children, String... parameters) {
    PluginFactory factory = factory();
    return factory
        .type(PluginType.Kind.MATCHER, name, Set.of(), ENTRY, problems)
        .flatMap(type -> factory.matcher(type, given(parameters), children, ENTRY, problems));
  }

  @Test
  void servicesAreLentByType() {
    Needs made = (Needs) mailet("Needs", "processor=x").orElseThrow().instance();
    assertThat(made.dns).isSameAs(dns);
    assertThat(made.directory).isSameAs(directory);
    assertThat(made.clock).isSameAs(clock);
    assertThat(made.log.getName()).isEqualTo(Needs.class.getName());
  }

  @Test
  void aConstructorThatObjectsGivesTheReason() {
    assertThat(mailet("Picky", "from=5", "to=3")).isEmpty();
    assertThat(mailet("Failing")).isEmpty();
    assertThat(told())
        .containsExactly(
            "conf/pipeline.xml:10: the mailet 'Picky': from 5 is after to 3",
            "conf/pipeline.xml:10: the mailet 'Failing' of plugin 'x' can't be made:"
                + " java.lang.UnsupportedOperationException: not today");
  }

  @Test
  void aMatcherTakesItsConditionOrNone() {
    assertThat(matcher("Few", List.of(), "condition=3")).isPresent();
    assertThat(matcher("Few", List.of())).isEmpty();
    assertThat(matcher("Few", List.of(), "condition=three")).isEmpty();
    assertThat(matcher("Plain", List.of(), "condition=3")).isEmpty();
    assertThat(told())
        .containsExactly(
            "conf/pipeline.xml:10: the condition of the matcher 'Few' is missing; write"
                + " match=\"Few=…\": How many.",
            "conf/pipeline.xml:11: the condition of the matcher 'Few': 'three' is not a whole"
                + " number",
            "conf/pipeline.xml:11: the matcher 'Plain' takes no condition '3'; write"
                + " match=\"Plain\"");
  }

  @Test
  void nestedMatchersGoOnlyWhereTheyAreWanted() {
    Matcher plain = new Plain();
    assertThat(matcher("Nest", List.of(plain)))
        .hasValueSatisfying(
            made -> assertThat(((Nest) made.instance()).children).containsExactly(plain));
    assertThat(matcher("Plain", List.of(plain))).isEmpty();
    assertThat(told())
        .containsExactly(
            "conf/pipeline.xml:10: the matcher 'Plain' takes no nested matchers; remove them");
  }

  @Test
  void unknownNamesGetASuggestionAndPackagesDoNotMatter() {
    assertThat(matcher("org.example.matchers.Plain", List.of())).isPresent();
    assertThat(mailet("Everythin")).isEmpty();
    assertThat(matcher("Zebra", List.of())).isEmpty();
    assertThat(told())
        .containsExactly(
            "conf/pipeline.xml:10: unknown mailet 'Everythin'; did you mean 'Everything'?",
            "conf/pipeline.xml:10: unknown matcher 'Zebra'; 'postrider plugin list' shows what"
                + " there is");
  }
}
