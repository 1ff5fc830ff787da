package dev.postrider.plugin;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * On a mailet class: it never answers {@link Outcome.Continue}, so no mail goes past it. The host
 * uses this to prove at load that every path of the pipeline ends.
 *
 * @since 1.0
 */
@Retention(RetentionPolicy.RUNTIME)
@Target(ElementType.TYPE)
public @interface Terminal {}
