package dev.postrider.plugin;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * On a matcher class: at stage MESSAGE it matches a recipient if and only if the fact holds for the
 * mail and this recipient. The host relies on it when it proves at load what can't happen; a
 * matcher that matches more than that makes the proof void. One that can't promise it carries no
 * such annotation and still works; the host then reports what it could not prove.
 *
 * @since 1.0
 */
@Retention(RetentionPolicy.RUNTIME)
@Target(ElementType.TYPE)
public @interface Decides {

  /** The fact. */
  Fact value();

  /** Whether it matches if and only if the fact does not hold. */
  boolean inverted() default false;
}
