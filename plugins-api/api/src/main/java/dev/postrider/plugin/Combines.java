package dev.postrider.plugin;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * On a matcher class with {@link Children}: it matches exactly the recipients that the combination
 * says, whatever the mail is. What the nested matchers decide ({@link Decides}) is then known of
 * the whole too.
 *
 * @since 1.0
 */
@Retention(RetentionPolicy.RUNTIME)
@Target(ElementType.TYPE)
public @interface Combines {

  /** The combination. */
  Combination value();
}
