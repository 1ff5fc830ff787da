package dev.postrider.kernel.host.reference;

import dev.postrider.kernel.host.plugin.DeclaredParameter;
import dev.postrider.plugin.ByteSize;
import dev.postrider.plugin.Doc;
import dev.postrider.plugin.EmailAddress;
import dev.postrider.plugin.EnhancedStatus;
import dev.postrider.plugin.Network;
import dev.postrider.plugin.ProcessorName;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.Type;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/** What the text of a parameter has to look like. */
sealed interface ValueKind {

  /** In a word or two, such as {@code size}; Markdown. */
  String words();

  /** A whole number. */
  record Whole() implements ValueKind {
    @Override
    public String words() {
      return "number";
    }
  }

  /** True or false. */
  record Flag() implements ValueKind {
    @Override
    public String words() {
      return "`true` or `false`";
    }
  }

  /** A span of time. */
  record Time() implements ValueKind {
    @Override
    public String words() {
      return "time";
    }
  }

  /** One of some words. */
  record OneOf(List<String> names) implements ValueKind {
    /** Copies the list. */
    public OneOf {
      names = List.copyOf(names);
    }

    @Override
    public String words() {
      return "`" + String.join("`, `", names) + "`";
    }
  }

  /** Anything whose form only its own type knows. */
  record Other(String words) implements ValueKind {}

  Map<Class<?>, ValueKind> KNOWN =
      Map.ofEntries(
          Map.entry(int.class, new Whole()),
          Map.entry(Integer.class, new Whole()),
          Map.entry(long.class, new Whole()),
          Map.entry(Long.class, new Whole()),
          Map.entry(boolean.class, new Flag()),
          Map.entry(Boolean.class, new Flag()),
          Map.entry(Duration.class, new Time()),
          Map.entry(String.class, new Other("text")),
          Map.entry(ByteSize.class, new Other("size")),
          Map.entry(Network.class, new Other("network")),
          Map.entry(EmailAddress.class, new Other("address")),
          Map.entry(EnhancedStatus.class, new Other("status")),
          Map.entry(ProcessorName.class, new Other("processor")));

  /** The kind of a parameter's text. */
  static ValueKind of(DeclaredParameter parameter) {
    return of(parameter.type());
  }

  private static ValueKind of(Type type) {
    if (type instanceof ParameterizedType generic) {
      ValueKind element = of(generic.getActualTypeArguments()[0]);
      return generic.getRawType().equals(Optional.class)
          ? element
          : new Other("list of " + element.words());
    }
    Class<?> plain = (Class<?>) type;
    if (plain.isEnum()) {
      return new OneOf(
          Stream.of(plain.getEnumConstants())
              .map(each -> ((Enum<?>) each).name().toLowerCase(Locale.ROOT).replace('_', '-'))
              .toList());
    }
    ValueKind known = KNOWN.get(plain);
    return known == null ? new Other(own(plain)) : known;
  }

  // What a plugin's own type says of itself.
  private static String own(Class<?> type) {
    Doc doc = type.getAnnotation(Doc.class);
    return doc == null ? type.getSimpleName() : doc.value();
  }
}
