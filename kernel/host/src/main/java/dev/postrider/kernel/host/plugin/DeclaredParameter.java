package dev.postrider.kernel.host.plugin;

import dev.postrider.plugin.Param;
import java.lang.reflect.Parameter;
import java.lang.reflect.RecordComponent;
import java.lang.reflect.Type;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * A parameter that a matcher or mailet declares.
 *
 * @param name the element's name; {@link Param#CONDITION} for what follows {@code =} in {@code
 *     match}
 * @param doc for the reference page
 * @param unit what the value counts; empty where there is nothing to say
 * @param fallback text used where it is not given
 * @param type of the constructor's parameter or the record's component
 */
public record DeclaredParameter(
    String name, String doc, String unit, Optional<String> fallback, Type type) {

  /**
   * What a constructor's parameter declares: itself where it carries {@link Param}, its components
   * where it is a record of parameters, or nothing.
   */
  static List<DeclaredParameter> of(Parameter parameter) {
    Param param = parameter.getAnnotation(Param.class);
    if (param != null) {
      String name = parameter.isNamePresent() ? parameter.getName() : "";
      return List.of(of(param, name, parameter.getParameterizedType()));
    }
    if (!isRecord(parameter.getType())) {
      return List.of();
    }
    List<DeclaredParameter> declared = new ArrayList<>();
    for (RecordComponent component : parameter.getType().getRecordComponents()) {
      Param own = component.getAnnotation(Param.class);
      if (own != null) {
        declared.add(of(own, component.getName(), component.getGenericType()));
      }
    }
    return declared;
  }

  /** Whether values of this type are made from several declared parameters. */
  static boolean isRecord(Class<?> type) {
    return type.isRecord() && !PluginServices.lends(type);
  }

  private static DeclaredParameter of(Param param, String name, Type type) {
    String fallback = param.defaultValue();
    return new DeclaredParameter(
        param.name().isEmpty() ? name : param.name(),
        param.doc(),
        param.unit(),
        fallback.equals(Param.REQUIRED) ? Optional.empty() : Optional.of(fallback),
        type);
  }

  /** Whether it has to be given. */
  public boolean isRequired() {
    return fallback.isEmpty() && !Conversion.mayBeEmpty(type);
  }

  /** Whether it takes several values; how many it needs is then up to the plugin. */
  public boolean takesSeveral() {
    return Conversion.isCollection(type);
  }

  /** Whether it is what follows {@code =} in {@code match}. */
  public boolean isCondition() {
    return name.equals(Param.CONDITION);
  }

  /** The type for people: {@code ByteSize}, {@code List<Network>}. */
  public String typeName() {
    return type.getTypeName().replaceAll("[A-Za-z0-9_.$]*[.$]", "");
  }
}
