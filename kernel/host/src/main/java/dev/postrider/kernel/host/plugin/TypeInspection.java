package dev.postrider.kernel.host.plugin;

import dev.postrider.kernel.host.xml.Problems;
import dev.postrider.kernel.problem.Place;
import dev.postrider.plugin.Children;
import java.lang.reflect.Constructor;
import java.lang.reflect.Modifier;
import java.lang.reflect.Parameter;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/** Checks what a plugin class declares, so that every fault of it shows at load. */
final class TypeInspection {

  private static final Pattern ELEMENT = Pattern.compile("[A-Za-z_][A-Za-z0-9_.-]*");

  private final Place place;
  private final String plugin;
  private final String version;
  private final Problems problems;

  TypeInspection(Place place, String plugin, String version, Problems problems) {
    this.place = place;
    this.plugin = plugin;
    this.version = version;
    this.problems = problems;
  }

  Optional<PluginType> inspect(Class<?> type, PluginType.Kind kind) {
    int modifiers = type.getModifiers();
    if (!Modifier.isPublic(modifiers) || Modifier.isAbstract(modifiers)) {
      problem(type, "is not a public class that can be made", "make it public and not abstract");
      return Optional.empty();
    }
    Constructor<?>[] constructors = type.getConstructors();
    if (constructors.length != 1) {
      problem(
          type,
          "has " + constructors.length + " public constructors",
          "give it just one, whose parameters carry @Param");
      return Optional.empty();
    }
    List<DeclaredParameter> declared = new ArrayList<>();
    boolean sane = true;
    Set<String> names = new HashSet<>();
    for (Parameter parameter : constructors[0].getParameters()) {
      List<DeclaredParameter> own = DeclaredParameter.of(parameter);
      sane &= own.isEmpty() ? checkOther(type, parameter) : checkRecord(type, parameter, own);
      for (DeclaredParameter each : own) {
        sane &= checkDeclared(type, each, names);
      }
      declared.addAll(own);
    }
    return sane
        ? Optional.of(
            new PluginType(type.getSimpleName(), kind, plugin, version, constructors[0], declared))
        : Optional.empty();
  }

  <T> Optional<PluginPart<T>> inspect(Class<T> kind, Class<? extends T> type) {
    Constructor<?>[] constructors = type.getConstructors();
    int modifiers = type.getModifiers();
    if (!Modifier.isPublic(modifiers) || constructors.length != 1) {
      problem(type, "is no public class with just one public constructor", "give it one");
      return Optional.empty();
    }
    Class<?>[] parameters = constructors[0].getParameterTypes();
    boolean sane = true;
    for (Parameter parameter : constructors[0].getParameters()) {
      sane &= checkOther(type, parameter);
    }
    try {
      return sane
          ? Optional.of(
              new PluginPart<>(kind, type.getSimpleName(), plugin, type.getConstructor(parameters)))
          : Optional.empty();
    } catch (NoSuchMethodException e) {
      throw new IllegalStateException("the constructor was there a moment ago", e);
    }
  }

  private boolean checkRecord(Class<?> type, Parameter parameter, List<DeclaredParameter> own) {
    Class<?> kind = parameter.getType();
    if (PluginType.isDeclared(parameter)) {
      return true;
    }
    if (!Modifier.isPublic(kind.getModifiers())) {
      problem(type, "takes its parameters as " + kind.getName() + ", which is not public", "");
      return false;
    }
    if (own.size() < kind.getRecordComponents().length) {
      problem(
          type,
          "takes its parameters as " + kind.getName() + ", where not every component has @Param",
          "put @Param on each; services are parameters of the constructor itself");
      return false;
    }
    return true;
  }

  private boolean checkDeclared(Class<?> type, DeclaredParameter parameter, Set<String> names) {
    if (!ELEMENT.matcher(parameter.name()).matches()) {
      problem(
          type,
          "declares a parameter '" + parameter.name() + "', which can't be an element's name",
          "give its @Param a name of letters, digits, -, _ and .");
      return false;
    }
    if (!names.add(parameter.name())) {
      problem(type, "declares the parameter '" + parameter.name() + "' twice", "rename one");
      return false;
    }
    if (!Conversion.isKnown(parameter.type())) {
      problem(
          type,
          "declares the parameter '"
              + parameter.name()
              + "' of type "
              + parameter.type().getTypeName()
              + ", which can't be read from text",
          "use a type that @Param names, or give it a public static parse(String)");
      return false;
    }
    try {
      parameter.fallback().ifPresent(text -> Conversion.value(parameter.type(), List.of(text)));
      return true;
    } catch (IllegalArgumentException e) {
      problem(
          type,
          "has a default for '" + parameter.name() + "' that can't be read: " + e.getMessage(),
          "");
      return false;
    }
  }

  private boolean checkOther(Class<?> type, Parameter parameter) {
    boolean known =
        parameter.isAnnotationPresent(Children.class)
            ? parameter.getType() == List.class
            : PluginServices.lends(parameter.getType());
    if (!known) {
      problem(
          type,
          "asks for " + parameter.getType().getName() + ", which the host does not lend",
          "put @Param on it, or ask for a service of dev.postrider.plugin.service");
    }
    return known;
  }

  private void problem(Class<?> type, String what, String suggestion) {
    problems.add(place, type.getName() + " " + what, suggestion);
  }
}
