package dev.postrider.kernel.host.plugin;

import dev.postrider.plugin.Param;
import java.lang.reflect.Parameter;
import java.lang.reflect.Type;
import java.util.Optional;

/**
 * A parameter that a matcher or mailet declares.
 *
 * @param name the element's name; {@link Param#CONDITION} for what follows {@code =} in {@code
 *     match}
 * @param doc for the reference page
 * @param fallback text used where it is not given
 * @param type of the constructor's parameter
 */
public record DeclaredParameter(String name, String doc, Optional<String> fallback, Type type) {

  static DeclaredParameter of(Parameter parameter) {
    Param param = parameter.getAnnotation(Param.class);
    String fallback = param.defaultValue();
    return new DeclaredParameter(
        param.name(),
        param.doc(),
        fallback.equals(Param.REQUIRED) ? Optional.empty() : Optional.of(fallback),
        parameter.getParameterizedType());
  }

  /** Whether it has to be given. */
  public boolean isRequired() {
    return fallback.isEmpty() && !Conversion.mayBeEmpty(type);
  }

  /** The type for people: {@code ByteSize}, {@code List<Network>}. */
  public String typeName() {
    return type.getTypeName().replaceAll("[A-Za-z0-9_.$]*[.$]", "");
  }
}
