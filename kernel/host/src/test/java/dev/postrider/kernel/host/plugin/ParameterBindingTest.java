package dev.postrider.kernel.host.plugin;

import static org.assertj.core.api.Assertions.assertThat;

import dev.postrider.kernel.host.xml.Problems;
import dev.postrider.kernel.problem.Place;
import dev.postrider.plugin.ByteSize;
import dev.postrider.plugin.Children;
import dev.postrider.plugin.EmailAddress;
import dev.postrider.plugin.EnhancedStatus;
import dev.postrider.plugin.Mail;
import dev.postrider.plugin.Mailet;
import dev.postrider.plugin.Matcher;
import dev.postrider.plugin.Network;
import dev.postrider.plugin.Notify;
import dev.postrider.plugin.Outcome;
import dev.postrider.plugin.Param;
import dev.postrider.plugin.ProcessorName;
import dev.postrider.plugin.Recipient;
import dev.postrider.plugin.service.DirectoryView;
import dev.postrider.plugin.service.Dns;
import dev.postrider.plugin.testkit.FixedClock;
import dev.postrider.plugin.testkit.FixedDirectory;
import dev.postrider.plugin.testkit.InMemoryDns;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;

class ParameterBindingTest {

  private static final Place ENTRY = new Place("conf/pipeline.xml", 10);

  private final Problems problems = new Problems();
  private final InMemoryDns dns = new InMemoryDns();
  private final FixedDirectory directory = FixedDirectory.of("bob@example.test");
  private final FixedClock clock = FixedClock.at("2026-01-15T12:00:00Z");

  private PluginFactory factory() {
    TypeInspection inspection = new TypeInspection(new Place("plugins/x", 0), "x", "1", problems);
    List<PluginType> types = new ArrayList<>();
    for (Class<?> type : List.of(Everything.class, Needs.class, Picky.class, Failing.class)) {
      inspection.inspect(type, PluginType.Kind.MAILET).ifPresent(types::add);
    }
    for (Class<?> type : List.of(Few.class, Plain.class, Nest.class)) {
      inspection.inspect(type, PluginType.Kind.MATCHER).ifPresent(types::add);
    }
    return new PluginFactory(
        new PluginCatalog(types, List.of(), List.of()), PluginServices.of(dns, directory, clock));
  }

  /** Parameters as {@code name=text}; the first is in line 11. */
  private static List<GivenParameter> given(String... parameters) {
    List<GivenParameter> given = new ArrayList<>();
    for (String parameter : parameters) {
      int equals = parameter.indexOf('=');
      given.add(
          new GivenParameter(
              parameter.substring(0, equals),
              parameter.substring(equals + 1),
              new Place("conf/pipeline.xml", 11 + given.size())));
    }
    return given;
  }

  private Optional<Made<Mailet>> mailet(String name, String... parameters) {
    PluginFactory factory = factory();
    return factory
        .type(PluginType.Kind.MAILET, name, Set.of(), ENTRY, problems)
        .flatMap(type -> factory.mailet(type, given(parameters), ENTRY, problems));
  }

  private Optional<Made<Matcher>> matcher(
      String name, List<Matcher> children, String... parameters) {
    PluginFactory factory = factory();
    return factory
        .type(PluginType.Kind.MATCHER, name, Set.of(), ENTRY, problems)
        .flatMap(type -> factory.matcher(type, given(parameters), children, ENTRY, problems));
  }

  private List<String> told() {
    return problems.sorted().stream().map(Object::toString).toList();
  }

  @Test
  void everyTypeIsReadFromText() {
    Everything made =
        (Everything)
            mailet(
                    "Everything",
                    "string= kept as it is ",
                    "int=-7",
                    "long=9000000000",
                    "flag=true",
                    "time=3d",
                    "kind=Failure",
                    "address=Bob+x@Example.TEST",
                    "size=25m",
                    "network=2001:db8::/32",
                    "status=5.7.1",
                    "names=a, b,,c",
                    "networks=192.0.2.0/24",
                    "networks=198.51.100.1, 203.0.113.0/24",
                    "maybe=10s")
                .orElseThrow()
                .instance();
    assertThat(told()).isEmpty();
    assertThat(made.string).isEqualTo(" kept as it is ");
    assertThat(made.number).isEqualTo(-7);
    assertThat(made.large).isEqualTo(9_000_000_000L);
    assertThat(made.flag).isTrue();
    assertThat(made.time).isEqualTo(Duration.ofDays(3));
    assertThat(made.kind).isEqualTo(Notify.FAILURE);
    assertThat(made.address).isEqualTo(EmailAddress.parse("Bob+x@example.test"));
    assertThat(made.size).isEqualTo(ByteSize.parse("25m"));
    assertThat(made.network).isEqualTo(Network.parse("2001:db8::/32"));
    assertThat(made.status).isEqualTo(EnhancedStatus.parse("5.7.1"));
    assertThat(made.names).containsExactly("a", "b", "c");
    assertThat(made.networks).hasSize(3);
    assertThat(made.maybe).contains(Duration.ofSeconds(10));
  }

  @Test
  void defaultsAndEmptyCollectionsStandInForWhatIsNotGiven() {
    Everything made =
        (Everything) mailet("Everything", "address=a@b.test").orElseThrow().instance();
    assertThat(told()).isEmpty();
    assertThat(made.string).isEqualTo("fallback");
    assertThat(made.names).containsExactly("x", "y");
    assertThat(made.networks).isEmpty();
    assertThat(made.maybe).isEmpty();
  }

  @Test
  void textThatCanNotBeReadIsTellsLineParameterAndReason() {
    assertThat(
            mailet(
                "Everything",
                "address=bob",
                "int=ten",
                "long=1e9",
                "flag=maybe",
                "time=soon",
                "kind=failur",
                "size=big",
                "network=intranet",
                "networks=192.0.2.0/24, home"))
        .isEmpty();
    assertThat(told())
        .containsExactly(
            "conf/pipeline.xml:11: the parameter <address> of 'Everything': 'bob' is not"
                + " local-part@domain",
            "conf/pipeline.xml:12: the parameter <int> of 'Everything': 'ten' is not a whole"
                + " number",
            "conf/pipeline.xml:13: the parameter <long> of 'Everything': '1e9' is not a whole"
                + " number",
            "conf/pipeline.xml:14: the parameter <flag> of 'Everything': 'maybe' is not true or"
                + " false",
            "conf/pipeline.xml:15: the parameter <time> of 'Everything': 'soon' is not a time"
                + " like 500ms, 10s, 5m, 2h or 3d",
            "conf/pipeline.xml:16: the parameter <kind> of 'Everything': 'failur' is not known;"
                + " did you mean 'failure'?",
            "conf/pipeline.xml:17: the parameter <size> of 'Everything': 'big' is not a size like"
                + " 500k, 25m or 1g",
            "conf/pipeline.xml:18: the parameter <network> of 'Everything': 'intranet' is not a"
                + " network like 192.0.2.0/24 or 2001:db8::/32",
            "conf/pipeline.xml:19: the parameter <networks> of 'Everything': 'home' is not a"
                + " network like 192.0.2.0/24 or 2001:db8::/32");
  }

  @Test
  void unknownMissingAndRepeatedParameters() {
    assertThat(mailet("Needs", "processr=spam")).isEmpty();
    assertThat(mailet("Needs", "processor=spam", "processor=ham")).isEmpty();
    assertThat(told())
        .containsExactly(
            "conf/pipeline.xml:10: the parameter <processor> of 'Needs' is missing; add"
                + " <processor>…</processor>: Where to go.",
            "conf/pipeline.xml:11: unknown parameter <processr> of 'Needs'; did you mean"
                + " 'processor'?",
            "conf/pipeline.xml:12: the parameter <processor> of 'Needs' is there twice; keep one");
  }

  @Test
  void processorsInParametersBecomeTargets() {
    assertThat(mailet("Needs", "processor=spam", "others=a, b", "fallback=c"))
        .hasValueSatisfying(
            made ->
                assertThat(made.targets())
                    .extracting(ProcessorName::name)
                    .containsExactly("spam", "a", "b", "c"));
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

  /** One parameter of every type. */
  public static final class Everything implements Mailet {
    final String string;
    final int number;
    final long large;
    final boolean flag;
    final Duration time;
    final Notify kind;
    final EmailAddress address;
    final ByteSize size;
    final Network network;
    final EnhancedStatus status;
    final List<String> names;
    final Set<Network> networks;
    final Optional<Duration> maybe;

    /** Takes them all. */
    public Everything(
        @Param(name = "string", doc = "", defaultValue = "fallback") String string,
        @Param(name = "int", doc = "", defaultValue = "1") int number,
        @Param(name = "long", doc = "", defaultValue = "2") long large,
        @Param(name = "flag", doc = "", defaultValue = "false") boolean flag,
        @Param(name = "time", doc = "", defaultValue = "5m") Duration time,
        @Param(name = "kind", doc = "", defaultValue = "never") Notify kind,
        @Param(name = "address", doc = "") EmailAddress address,
        @Param(name = "size", doc = "", defaultValue = "1k") ByteSize size,
        @Param(name = "network", doc = "", defaultValue = "::1") Network network,
        @Param(name = "status", doc = "", defaultValue = "5.0.0") EnhancedStatus status,
        @Param(name = "names", doc = "", defaultValue = "x,y") List<String> names,
        @Param(name = "networks", doc = "") Set<Network> networks,
        @Param(name = "maybe", doc = "") Optional<Duration> maybe) {
      this.string = string;
      this.number = number;
      this.large = large;
      this.flag = flag;
      this.time = time;
      this.kind = kind;
      this.address = address;
      this.size = size;
      this.network = network;
      this.status = status;
      this.names = names;
      this.networks = networks;
      this.maybe = maybe;
    }

    @Override
    public Outcome process(Mail mail) {
      return Outcome.next(mail);
    }
  }

  /** Services and processors. */
  public static final class Needs implements Mailet {
    final Dns dns;
    final DirectoryView directory;
    final InstantSource clock;
    final System.Logger log;

    /** Takes what it is lent. */
    public Needs(
        Dns dns,
        DirectoryView directory,
        InstantSource clock,
        System.Logger log,
        @Param(name = "processor", doc = "Where to go.") ProcessorName processor,
        @Param(name = "others", doc = "") List<ProcessorName> others,
        @Param(name = "fallback", doc = "") Optional<ProcessorName> fallback) {
      this.dns = dns;
      this.directory = directory;
      this.clock = clock;
      this.log = log;
    }

    @Override
    public Outcome process(Mail mail) {
      return Outcome.next(mail);
    }
  }

  /** Objects to what it is given. */
  public static final class Picky implements Mailet {
    /** Wants order. */
    public Picky(@Param(name = "from", doc = "") int from, @Param(name = "to", doc = "") int to) {
      if (from > to) {
        throw new IllegalArgumentException("from " + from + " is after to " + to);
      }
    }

    @Override
    public Outcome process(Mail mail) {
      return Outcome.next(mail);
    }
  }

  /** Never works. */
  public static final class Failing implements Mailet {
    /** Fails. */
    public Failing() {
      throw new UnsupportedOperationException("not today");
    }

    @Override
    public Outcome process(Mail mail) {
      return Outcome.next(mail);
    }
  }

  /** Takes a condition. */
  public static final class Few implements Matcher {
    /** Takes a number. */
    public Few(@Param(name = Param.CONDITION, doc = "How many.") int number) {}

    @Override
    public Set<Recipient> match(Mail mail) {
      return Set.of();
    }
  }

  /** Takes nothing. */
  public static final class Plain implements Matcher {
    /** Takes nothing. */
    public Plain() {}

    @Override
    public Set<Recipient> match(Mail mail) {
      return Set.of();
    }
  }

  /** Takes matchers. */
  public static final class Nest implements Matcher {
    final List<Matcher> children;

    /** Nests. */
    public Nest(@Children List<Matcher> children) {
      this.children = children;
    }

    @Override
    public Set<Recipient> match(Mail mail) {
      return Set.of();
    }
  }
}
