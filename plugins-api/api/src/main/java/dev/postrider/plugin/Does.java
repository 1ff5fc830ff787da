package dev.postrider.plugin;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * On a mailet class: of all that is an {@link Action} it never does anything but these;
 * {@code @Does({})} where it does none of them. The host relies on it when it proves at load what
 * can't happen. A mailet without it works as well; the host then reports what it could not prove.
 * The test kit checks the declaration whenever it runs the mailet.
 *
 * @since 1.0
 */
@Retention(RetentionPolicy.RUNTIME)
@Target(ElementType.TYPE)
public @interface Does {

  /** Each thing that it may do. */
  Action[] value();
}
