package dev.postrider.plugin;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * Declares a parameter of a matcher or mailet: on a parameter of its only public constructor, or on
 * a component of a public record that the constructor takes. The host reads the XML, checks and
 * converts the text, reports problems with line numbers, and writes the reference page and the
 * schema from this declaration.
 *
 * <pre>{@code
 * public record Limits(
 *     @Param(doc = "The largest mail.", unit = "octets", defaultValue = "10m") ByteSize size,
 *     @Param(doc = "Whom to tell.") Optional<EmailAddress> tell) {}
 *
 * public MyMailet(Limits limits, Dns dns) { … }
 * }</pre>
 *
 * <p>Types: {@code String}, {@code int}, {@code long}, {@code boolean}, {@link java.time.Duration}
 * ({@code 10s}, {@code 5m}, {@code 2h}, {@code 3d}), an enum (names in any case, {@code -} for
 * {@code _}), every type with a public static {@code parse(String)} that throws {@link
 * IllegalArgumentException} ({@link EmailAddress}, {@link ByteSize}, {@link Network}, {@link
 * ProcessorName}, {@link EnhancedStatus}, …), and {@code List}, {@code Set} or {@code Optional} of
 * these; lists are comma-separated or repeated elements.
 *
 * <p>Time: the host reads it once, when a pipeline is loaded. Failure: an {@link
 * IllegalArgumentException} of the record's constructor, or of the matcher's or mailet's, is told
 * to the admin with file and line, and the pipeline is not loaded.
 *
 * @since 1.0
 */
@Retention(RetentionPolicy.RUNTIME)
@Target({ElementType.PARAMETER, ElementType.RECORD_COMPONENT})
public @interface Param {

  /** The name of a matcher's single parameter: the text after {@code =} in {@code match="X=…"}. */
  String CONDITION = "condition";

  /**
   * The element's name in the XML: letters, digits, {@code -}, {@code _} and {@code .}, a letter
   * first. May be left out on a record's component, whose own name is taken then.
   */
  String name() default "";

  /** One or two sentences for the reference page. */
  String doc();

  /** What the value counts, such as {@code octets}; empty where its type says it. For the docs. */
  String unit() default "";

  /** Text used where the element is missing; {@link #REQUIRED} when there is no default. */
  String defaultValue() default REQUIRED;

  /** Marks a parameter that has to be given; optional and collection types are never required. */
  String REQUIRED = "\u0000required";
}
