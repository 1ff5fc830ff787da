package dev.postrider.kernel.host.plugin;

import java.lang.reflect.Constructor;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Parameter;
import java.util.ArrayList;
import java.util.List;

/**
 * A job or a listener that a plugin offers.
 *
 * @param kind which of them
 * @param name the simple class name
 * @param plugin whose it is
 * @param constructor its only public constructor
 */
public record PluginPart<T>(
    Class<T> kind, String name, String plugin, Constructor<? extends T> constructor) {

  /**
   * Makes one.
   *
   * @throws IllegalStateException when the plugin's constructor fails or asks for what is not lent
   */
  public T make(PluginServices services) {
    PluginServices.Asker asker = new PluginServices.Asker(plugin, constructor.getDeclaringClass());
    List<Object> values = new ArrayList<>();
    for (Parameter parameter : constructor.getParameters()) {
      values.add(
          services
              .of(parameter.getType(), asker)
              .orElseThrow(
                  () ->
                      new IllegalStateException(
                          "%s of plugin '%s' asks for %s, which is not lent"
                              .formatted(name, plugin, parameter.getType().getName()))));
    }
    try {
      return constructor.newInstance(values.toArray());
    } catch (InvocationTargetException e) {
      throw new IllegalStateException(
          "%s of plugin '%s' can't be made: %s".formatted(name, plugin, e.getCause()), e);
    } catch (ReflectiveOperationException e) {
      throw new IllegalStateException(
          "%s of plugin '%s' can't be made: %s".formatted(name, plugin, e), e);
    }
  }
}
