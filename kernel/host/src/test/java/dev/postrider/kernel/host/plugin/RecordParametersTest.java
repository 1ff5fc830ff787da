package dev.postrider.kernel.host.plugin;

import static org.assertj.core.api.Assertions.assertThat;

import dev.postrider.kernel.host.xml.Problems;
import dev.postrider.kernel.problem.Place;
import dev.postrider.plugin.ByteSize;
import dev.postrider.plugin.Mail;
import dev.postrider.plugin.Mailet;
import dev.postrider.plugin.Outcome;
import dev.postrider.plugin.Param;
import dev.postrider.plugin.ProcessorName;
import dev.postrider.plugin.service.Dns;
import dev.postrider.plugin.testkit.FixedClock;
import dev.postrider.plugin.testkit.FixedDirectory;
import dev.postrider.plugin.testkit.InMemoryDns;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class RecordParametersTest {

  private static final Place ENTRY = new Place("conf/pipeline.xml", 10);

  private final Problems problems = new Problems();

  private Optional<Made<Mailet>> make(Class<?> type, GivenParameter... given) {
    Optional<PluginType> found = inspect(type);
    PluginFactory factory =
        new PluginFactory(
            new PluginCatalog(found.stream().toList(), List.of(), List.of(), List.of()),
            PluginServices.of(
                new InMemoryDns(), FixedDirectory.of(), FixedClock.at("2026-01-15T12:00:00Z")));
    return found.flatMap(known -> factory.mailet(known, List.of(given), ENTRY, problems));
  }

  private Optional<PluginType> inspect(Class<?> type) {
    return new TypeInspection(new Place("plugins/x", 0), "x", "1", problems)
        .inspect(type, PluginType.Kind.MAILET);
  }

  private static GivenParameter given(int line, String name, String text) {
    return new GivenParameter(name, text, new Place("conf/pipeline.xml", line));
  }

  private List<String> told() {
    return problems.sorted().stream().map(Object::toString).toList();
  }

  @Test
  void componentsAreParametersUnderTheirOwnNameOrTheOneOfParam() {
    Limited made =
        (Limited)
            make(Limited.class, given(11, "least", "1k"), given(12, "too-large", "spam"))
                .orElseThrow()
                .instance();
    assertThat(told()).isEmpty();
    assertThat(made.limits)
        .isEqualTo(
            new Limits(ByteSize.parse("1k"), ByteSize.parse("10m"), new ProcessorName("spam")));
    assertThat(made.note).isEqualTo("none");
  }

  @Test
  void processorsInTheRecordAreTargets() {
    assertThat(make(Limited.class, given(11, "least", "1k"), given(12, "too-large", "spam")))
        .hasValueSatisfying(
            made -> assertThat(made.targets()).containsExactly(new ProcessorName("spam")));
  }

  @Test
  void theyAreDeclaredLikeOthersWithUnit() {
    assertThat(inspect(Limited.class).orElseThrow().parameters())
        .extracting(each -> each.name() + " " + each.unit() + " " + each.isRequired())
        .containsExactly(
            "least octets true", "most octets false", "too-large  true", "note  false");
  }

  @Test
  void theirFaultsAreToldLineByLine() {
    assertThat(make(Limited.class, given(11, "least", "big"), given(12, "to-large", "spam")))
        .isEmpty();
    assertThat(told())
        .containsExactly(
            "conf/pipeline.xml:10: the parameter <too-large> of 'Limited' is missing; add"
                + " <too-large>…</too-large>: Where larger ones go.",
            "conf/pipeline.xml:11: the parameter <least> of 'Limited': 'big' is not a size like"
                + " 500k, 25m or 1g",
            "conf/pipeline.xml:12: unknown parameter <to-large> of 'Limited'; did you mean"
                + " 'too-large'?");
  }

  @Test
  void aRecordThatObjectsGivesTheReason() {
    assertThat(make(Limited.class, given(11, "least", "11m"), given(12, "too-large", "spam")))
        .isEmpty();
    assertThat(told())
        .containsExactly("conf/pipeline.xml:10: the mailet 'Limited': least is more than most");
  }

  @Test
  void recordsThatAreNotParametersThroughoutAreFaultsOfThePlugin() {
    assertThat(inspect(Partly.class)).isEmpty();
    assertThat(inspect(Twice.class)).isEmpty();
    assertThat(inspect(Concealed.class)).isEmpty();
    assertThat(inspect(Spaced.class)).isEmpty();
    assertThat(problems.sorted())
        .extracting(problem -> problem.what().replace(getClass().getName(), "Test"))
        .containsExactly(
            "Test$Partly takes its parameters as Test$Mixed, where not every component has @Param",
            "Test$Twice declares the parameter 'least' twice",
            "Test$Concealed takes its parameters as Test$Secret, which is not public",
            "Test$Spaced declares a parameter 'a b', which can't be an element's name");
  }

  /** Parameters. */
  public record Limits(
      @Param(doc = "The smallest.", unit = "octets") ByteSize least,
      @Param(doc = "The largest.", unit = "octets", defaultValue = "10m") ByteSize most,
      @Param(name = "too-large", doc = "Where larger ones go.") ProcessorName tooLarge) {
    /** Compares. */
    public Limits {
      if (least.octets() > most.octets()) {
        throw new IllegalArgumentException("least is more than most");
      }
    }
  }

  /** Takes them, a service and one more. */
  public static final class Limited implements Mailet {
    final Limits limits;
    final String note;

    /** Takes all. */
    public Limited(
        Limits limits,
        Dns dns,
        @Param(name = "note", doc = "A note.", defaultValue = "none") String note) {
      this.limits = limits;
      this.note = note;
    }

    @Override
    public Outcome process(Mail mail) {
      return Outcome.next(mail);
    }
  }

  /** One component is a service. */
  public record Mixed(@Param(doc = "A.") String a, Dns dns) {}

  record Secret(@Param(doc = "A.") String a) {}

  /** Says nothing. */
  public static class Base implements Mailet {
    @Override
    public Outcome process(Mail mail) {
      return Outcome.next(mail);
    }
  }

  /** Takes a mixed record. */
  public static final class Partly extends Base {
    /** Takes it. */
    public Partly(Mixed mixed) {}
  }

  /** Takes a name twice. */
  public static final class Twice extends Base {
    /** Takes it. */
    public Twice(Limits limits, @Param(name = "least", doc = "L.") int least) {}
  }

  /** Takes a record that the host can't make. */
  public static final class Concealed extends Base {
    /** Takes it. */
    public Concealed(Secret secret) {}
  }

  /** Has a name that is none. */
  public static final class Spaced extends Base {
    /** Takes it. */
    public Spaced(@Param(name = "a b", doc = "A.") String a) {}
  }
}
