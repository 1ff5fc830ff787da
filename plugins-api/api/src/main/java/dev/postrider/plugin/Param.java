package dev.postrider.plugin;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * Declares a parameter of a matcher or mailet on a parameter of its only public constructor. The
 * host reads the XML, checks and converts the text, reports problems with line numbers, and writes
 * the reference page and the schema from this declaration.
 *
 * <p>Types: {@code String}, {@code int}, {@code long}, {@code boolean}, {@link java.time.Duration}
 * ({@code 10s}, {@code 5m}, {@code 2h}, {@code 3d}), an enum (names in any case, {@code -} for
 * {@code _}), every type with a public static {@code parse(String)} that throws {@link
 * IllegalArgumentException} ({@link EmailAddress}, {@link ByteSize}, {@link Network}, {@link
 * ProcessorName}, {@link EnhancedStatus}, …), and {@code List}, {@code Set} or {@code Optional} of
 * these; lists are comma-separated or repeated elements.
 */
@Retention(RetentionPolicy.RUNTIME)
@Target(ElementType.PARAMETER)
public @interface Param {

  /** The name of a matcher's single parameter: the text after {@code =} in {@code match="X=…"}. */
  String CONDITION = "condition";

  /** The element's name in the XML. */
  String name();

  /** One or two sentences for the reference page. */
  String doc();

  /** Text used where the element is missing; {@link #REQUIRED} when there is no default. */
  String defaultValue() default REQUIRED;

  /** Marks a parameter that has to be given; optional and collection types are never required. */
  String REQUIRED = "\u0000required";
}
