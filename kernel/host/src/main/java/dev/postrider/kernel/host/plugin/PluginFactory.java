package dev.postrider.kernel.host.plugin;

import dev.postrider.kernel.host.xml.Problems;
import dev.postrider.kernel.pipeline.Patience;
import dev.postrider.kernel.problem.NearestName;
import dev.postrider.kernel.problem.Place;
import dev.postrider.plugin.Children;
import dev.postrider.plugin.Mailet;
import dev.postrider.plugin.Matcher;
import dev.postrider.plugin.Param;
import dev.postrider.plugin.ProcessorName;
import java.lang.reflect.Constructor;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Parameter;
import java.lang.reflect.RecordComponent;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/** Makes matchers and mailets of the catalog from the parameters that the XML gives. */
public final class PluginFactory {

  private final PluginCatalog catalog;
  private final PluginServices services;
  private final Patience patience;
  private final Set<Class<?>> stuck;

  /** A factory for these types, which may ask for these services. */
  public PluginFactory(PluginCatalog catalog, PluginServices services) {
    this(catalog, services, Patience.standard());
  }

  /** A factory that waits so long for the constructors. */
  public PluginFactory(PluginCatalog catalog, PluginServices services, Patience patience) {
    this(catalog, services, patience, ConcurrentHashMap.newKeySet());
  }

  private PluginFactory(
      PluginCatalog catalog, PluginServices services, Patience patience, Set<Class<?>> stuck) {
    this.catalog = catalog;
    this.services = services;
    this.patience = patience;
    this.stuck = stuck;
  }

  /** A factory for the same types, which may ask for other services. */
  public PluginFactory with(PluginServices others) {
    return new PluginFactory(catalog, others, patience, stuck);
  }

  /** How long plugins are waited for while a pipeline is loaded. */
  public Patience patience() {
    return patience;
  }

  /**
   * The type of a name as written, with or without packages; a problem where there is none.
   *
   * @param others names besides those of the catalog that could have been meant
   */
  public Optional<PluginType> type(
      PluginType.Kind kind, String written, Set<String> others, Place place, Problems problems) {
    String name = written.substring(written.lastIndexOf('.') + 1);
    Optional<PluginType> type = catalog.find(kind, name);
    if (type.isEmpty()) {
      String what = kind == PluginType.Kind.MATCHER ? "matcher" : "mailet";
      problems.add(
          place, "unknown " + what + " '" + name + "'", catalog.suggestion(kind, name, others));
    }
    return type;
  }

  /** Makes a matcher; empty after problems. */
  public Optional<Made<Matcher>> matcher(
      PluginType type,
      List<GivenParameter> given,
      List<Matcher> children,
      Place place,
      Problems problems) {
    if (!children.isEmpty() && !type.takesChildren()) {
      problems.add(
          place, "the matcher '" + type.name() + "' takes no nested matchers", "remove them");
      return Optional.empty();
    }
    return make(type, Matcher.class, given, children, place, problems);
  }

  /** Makes a mailet; empty after problems. */
  public Optional<Made<Mailet>> mailet(
      PluginType type, List<GivenParameter> given, Place place, Problems problems) {
    return make(type, Mailet.class, given, List.of(), place, problems);
  }

  // In one call, so that what converts the parameters, which may be the plugin's, counts too.
  private <T> Optional<Made<T>> make(
      PluginType type,
      Class<T> as,
      List<GivenParameter> given,
      List<Matcher> children,
      Place place,
      Problems problems) {
    Class<?> made = type.constructor().getDeclaringClass();
    if (stuck.contains(made)) {
      return Optional.empty();
    }
    Problems own = new Problems();
    try {
      Optional<Made<T>> result =
          patience.call(() -> makeWaiting(type, as, given, children, place, own));
      problems.addAll(own.sorted());
      return result;
    } catch (Patience.Exhausted e) {
      stuck.add(made);
      problems.add(
          place,
          "%s of plugin '%s' can't be made: the constructor of %s %s"
              .formatted(shown(type), type.plugin(), made.getName(), e.getMessage()),
          "a constructor must not wait; mend the plugin, or take the entry out");
      return Optional.empty();
    }
  }

  private <T> Optional<Made<T>> makeWaiting(
      PluginType type,
      Class<T> as,
      List<GivenParameter> given,
      List<Matcher> children,
      Place place,
      Problems problems) {
    boolean sane = reportUnknown(type, given, problems);
    Parameter[] parameters = type.constructor().getParameters();
    List<Object> values = new ArrayList<>();
    Set<ProcessorName> targets = new LinkedHashSet<>();
    for (Parameter parameter : parameters) {
      List<DeclaredParameter> declared = DeclaredParameter.of(parameter);
      Optional<?> value;
      if (declared.isEmpty()) {
        value =
            parameter.isAnnotationPresent(Children.class)
                ? Optional.of(List.copyOf(children))
                : services.of(parameter.getType(), type.asker());
      } else {
        List<Object> read = declared(type, declared, given, place, problems);
        read.forEach(one -> collectTargets(one, targets));
        value =
            read.size() < declared.size()
                ? Optional.empty()
                : PluginType.isDeclared(parameter)
                    ? Optional.of(read.getFirst())
                    : record(type, parameter.getType(), read, place, problems);
      }
      sane &= value.isPresent();
      value.ifPresent(values::add);
    }
    return sane
        ? construct(type, as, values.toArray(), new ArrayList<>(targets), place, problems)
        : Optional.empty();
  }

  private static <T> Optional<Made<T>> construct(
      PluginType type,
      Class<T> as,
      Object[] values,
      List<ProcessorName> targets,
      Place place,
      Problems problems) {
    return instance(type, as, type.constructor(), values, place, problems)
        .map(instance -> new Made<>(instance, targets));
  }

  private static Optional<?> record(
      PluginType type, Class<?> kind, List<Object> values, Place place, Problems problems) {
    Class<?>[] types =
        Arrays.stream(kind.getRecordComponents())
            .map(RecordComponent::getType)
            .toArray(Class<?>[]::new);
    try {
      Constructor<?> canonical = kind.getConstructor(types);
      return instance(type, kind, canonical, values.toArray(), place, problems);
    } catch (NoSuchMethodException e) {
      problems.add(
          place,
          "the parameters of '"
              + type.name()
              + "' can't be made: "
              + kind.getName()
              + " is not public",
          "ask the author of plugin '" + type.plugin() + "'");
      return Optional.empty();
    }
  }

  private static <T> Optional<T> instance(
      PluginType type,
      Class<T> as,
      Constructor<?> constructor,
      Object[] values,
      Place place,
      Problems problems) {
    String what = shown(type);
    try {
      return Optional.of(as.cast(constructor.newInstance(values)));
    } catch (InvocationTargetException e) {
      Throwable cause = e.getCause();
      problems.add(
          place,
          cause instanceof IllegalArgumentException
              ? what + ": " + cause.getMessage()
              : what + " of plugin '" + type.plugin() + "' can't be made: " + cause,
          "");
    } catch (ReflectiveOperationException | LinkageError e) {
      problems.add(place, what + " of plugin '" + type.plugin() + "' can't be made: " + e, "");
    }
    return Optional.empty();
  }

  private static boolean reportUnknown(
      PluginType type, List<GivenParameter> given, Problems problems) {
    List<String> names = type.parameters().stream().map(DeclaredParameter::name).toList();
    boolean sane = true;
    for (GivenParameter parameter : given) {
      if (!names.contains(parameter.name())) {
        sane = false;
        boolean condition = parameter.name().equals(Param.CONDITION);
        problems.add(
            parameter.place(),
            condition
                ? "the matcher '" + type.name() + "' takes no condition '" + parameter.text() + "'"
                : "unknown parameter <" + parameter.name() + "> of '" + type.name() + "'",
            condition ? "write match=\"" + type.name() + "\"" : suggestion(parameter, names));
      }
    }
    return sane;
  }

  private static String suggestion(GivenParameter parameter, List<String> names) {
    return NearestName.suggestion(parameter.name(), names);
  }

  /** The values that can be read; fewer than declared after problems. */
  private static List<Object> declared(
      PluginType type,
      List<DeclaredParameter> parameters,
      List<GivenParameter> given,
      Place place,
      Problems problems) {
    List<Object> values = new ArrayList<>();
    for (DeclaredParameter parameter : parameters) {
      declared(type, parameter, given, place, problems).ifPresent(values::add);
    }
    return values;
  }

  private static Optional<?> declared(
      PluginType type,
      DeclaredParameter parameter,
      List<GivenParameter> given,
      Place place,
      Problems problems) {
    List<GivenParameter> mine =
        given.stream().filter(one -> one.name().equals(parameter.name())).toList();
    if (mine.size() > 1 && !Conversion.isCollection(parameter.type())) {
      problems.add(
          mine.get(1).place(),
          "the parameter <" + parameter.name() + "> of '" + type.name() + "' is there twice",
          "keep one");
      return Optional.empty();
    }
    if (mine.isEmpty() && parameter.isRequired()) {
      reportMissing(type, parameter, place, problems);
      return Optional.empty();
    }
    List<String> texts =
        mine.isEmpty()
            ? parameter.fallback().stream().toList()
            : mine.stream().map(GivenParameter::text).toList();
    try {
      return Optional.of(Conversion.value(parameter.type(), texts));
    } catch (IllegalArgumentException e) {
      Place where = mine.isEmpty() ? place : mine.getFirst().place();
      problems.add(where, shown(type, parameter) + ": " + e.getMessage(), "");
      return Optional.empty();
    }
  }

  private static void reportMissing(
      PluginType type, DeclaredParameter parameter, Place place, Problems problems) {
    boolean condition = parameter.name().equals(Param.CONDITION);
    problems.add(
        place,
        shown(type, parameter) + " is missing",
        condition
            ? "write match=\"" + type.name() + "=…\": " + parameter.doc()
            : "add <" + parameter.name() + ">…</" + parameter.name() + ">: " + parameter.doc());
  }

  private static String shown(PluginType type) {
    return (type.kind() == PluginType.Kind.MATCHER ? "the matcher '" : "the mailet '")
        + type.name()
        + "'";
  }

  private static String shown(PluginType type, DeclaredParameter parameter) {
    return parameter.name().equals(Param.CONDITION)
        ? "the condition of the matcher '" + type.name() + "'"
        : "the parameter <" + parameter.name() + "> of '" + type.name() + "'";
  }

  private static void collectTargets(Object value, Set<ProcessorName> targets) {
    switch (value) {
      case ProcessorName name -> targets.add(name);
      case Optional<?> optional -> optional.ifPresent(inner -> collectTargets(inner, targets));
      case Collection<?> several -> several.forEach(inner -> collectTargets(inner, targets));
      default -> {
        // Other values name no processor.
      }
    }
  }
}
