package dev.postrider.kernel.host.plugin;

import dev.postrider.kernel.host.xml.Durations;
import dev.postrider.kernel.problem.NearestName;
import dev.postrider.plugin.Text;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.Type;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/** Turns the text of parameters into values of the types that {@code @Param} allows. */
final class Conversion {

  private static final Set<Class<?>> PLAIN =
      Set.of(
          String.class,
          int.class,
          Integer.class,
          long.class,
          Long.class,
          boolean.class,
          Boolean.class,
          Duration.class);

  private Conversion() {}

  /** Whether the type is one that can be made from text. */
  static boolean isKnown(Type type) {
    if (type instanceof ParameterizedType) {
      return mayBeEmpty(type) && isKnown(element(type));
    }
    return type instanceof Class<?> raw
        && (PLAIN.contains(raw) || raw.isEnum() || parser(raw).isPresent());
  }

  /** Whether the type is a list, set or optional value. */
  static boolean mayBeEmpty(Type type) {
    return isCollection(type) || isOptional(type);
  }

  /** Whether the type takes several texts. */
  static boolean isCollection(Type type) {
    return isRaw(type, List.class) || isRaw(type, Set.class);
  }

  /**
   * The value of a parameter.
   *
   * @param texts the texts given, in their order; at most one unless the type is a collection
   * @throws IllegalArgumentException with a reason for a person
   */
  static Object value(Type type, List<String> texts) {
    if (isOptional(type)) {
      return texts.stream().findFirst().map(text -> single(element(type), text));
    }
    if (!isCollection(type)) {
      return single(type, texts.getFirst());
    }
    List<Object> values = new ArrayList<>();
    for (String text : texts) {
      Arrays.stream(text.split(","))
          .map(String::strip)
          .filter(part -> !part.isEmpty())
          .forEach(part -> values.add(single(element(type), part)));
    }
    return isRaw(type, Set.class)
        ? Collections.unmodifiableSet(new LinkedHashSet<>(values))
        : List.copyOf(values);
  }

  private static Object single(Type type, String text) {
    Class<?> raw = (Class<?>) type;
    if (raw == String.class) {
      return text;
    }
    String bare = text.strip();
    if (raw == int.class || raw == Integer.class) {
      return Math.toIntExact(number(bare, Integer.MIN_VALUE, Integer.MAX_VALUE));
    }
    if (raw == long.class || raw == Long.class) {
      return number(bare, Long.MIN_VALUE, Long.MAX_VALUE);
    }
    if (raw == boolean.class || raw == Boolean.class) {
      return flag(bare);
    }
    if (raw == Duration.class) {
      return Durations.parse(bare);
    }
    return raw.isEnum() ? constant(raw, bare) : parse(raw, bare);
  }

  private static long number(String text, long least, long most) {
    try {
      long number = Long.parseLong(text);
      if (number >= least && number <= most) {
        return number;
      }
    } catch (NumberFormatException e) {
      throw new IllegalArgumentException("'" + Text.shown(text) + "' is not a whole number", e);
    }
    throw new IllegalArgumentException("'" + Text.shown(text) + "' is too large a number");
  }

  private static boolean flag(String text) {
    return switch (text.toLowerCase(Locale.ROOT)) {
      case "true", "yes" -> true;
      case "false", "no" -> false;
      default ->
          throw new IllegalArgumentException("'" + Text.shown(text) + "' is not true or false");
    };
  }

  private static Object constant(Class<?> kind, String text) {
    List<String> names = new ArrayList<>();
    for (Object constant : kind.getEnumConstants()) {
      String name = ((Enum<?>) constant).name().toLowerCase(Locale.ROOT).replace('_', '-');
      if (name.equals(text.toLowerCase(Locale.ROOT).replace('_', '-'))) {
        return constant;
      }
      names.add(name);
    }
    throw new IllegalArgumentException(
        "'" + Text.shown(text) + "' is not known; " + NearestName.suggestion(text, names));
  }

  private static Object parse(Class<?> raw, String text) {
    try {
      return parser(raw).orElseThrow().invoke(null, text);
    } catch (InvocationTargetException e) {
      if (e.getCause() instanceof IllegalArgumentException reason) {
        throw reason;
      }
      throw new IllegalArgumentException(
          "'" + Text.shown(text) + "' can't be read: " + e.getCause(), e);
    } catch (IllegalAccessException e) {
      throw new IllegalArgumentException(raw.getName() + ".parse(String) is not public", e);
    }
  }

  private static Optional<Method> parser(Class<?> raw) {
    try {
      Method parse = raw.getMethod("parse", String.class);
      return Modifier.isStatic(parse.getModifiers()) && raw.isAssignableFrom(parse.getReturnType())
          ? Optional.of(parse)
          : Optional.empty();
    } catch (NoSuchMethodException e) {
      return Optional.empty();
    }
  }

  private static Type element(Type type) {
    return ((ParameterizedType) type).getActualTypeArguments()[0];
  }

  private static boolean isOptional(Type type) {
    return isRaw(type, Optional.class);
  }

  private static boolean isRaw(Type type, Class<?> raw) {
    return type instanceof ParameterizedType generic && generic.getRawType() == raw;
  }
}
