package dev.postrider.plugin;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * On a constructor parameter of type {@code List<Matcher>}: the matchers nested in this one, as in
 * {@code <matcher name="x" match="Or"><matcher match="A"/><matcher match="B"/></matcher>}.
 *
 * @since 1.0
 */
@Retention(RetentionPolicy.RUNTIME)
@Target(ElementType.PARAMETER)
public @interface Children {}
