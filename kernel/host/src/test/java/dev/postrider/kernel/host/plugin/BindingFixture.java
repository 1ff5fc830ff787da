package dev.postrider.kernel.host.plugin;

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

/** Plugins that want parameters, and a factory that makes them. */
abstract class BindingFixture {

  static final Place ENTRY = new Place("conf/pipeline.xml", 10);
  final Problems problems = new Problems();
  final InMemoryDns dns = new InMemoryDns();
  final FixedDirectory directory = FixedDirectory.of("bob@example.test");
  final FixedClock clock = FixedClock.at("2026-01-15T12:00:00Z");

  PluginFactory factory() {
    TypeInspection inspection = new TypeInspection(new Place("plugins/x", 0), "x", "1", problems);
    List<PluginType> types = new ArrayList<>();
    for (Class<?> type : List.of(Everything.class, Needs.class, Picky.class, Failing.class)) {
      inspection.inspect(type, PluginType.Kind.MAILET).ifPresent(types::add);
    }
    for (Class<?> type : List.of(Few.class, Plain.class, Nest.class)) {
      inspection.inspect(type, PluginType.Kind.MATCHER).ifPresent(types::add);
    }
    return new PluginFactory(
        new PluginCatalog(types, List.of(), List.of(), List.of()),
        PluginServices.of(dns, directory, clock));
  }

  /** Parameters as {@code name=text}; the first is in line 11. */
  static List<GivenParameter> given(String... parameters) {
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

  Optional<Made<Mailet>> mailet(String name, String... parameters) {
    PluginFactory factory = factory();
    return factory
        .type(PluginType.Kind.MAILET, name, Set.of(), ENTRY, problems)
        .flatMap(type -> factory.mailet(type, given(parameters), ENTRY, problems));
  }

  List<String> told() {
    return problems.sorted().stream().map(Object::toString).toList();
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
