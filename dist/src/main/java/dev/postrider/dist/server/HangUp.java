package dev.postrider.dist.server;

import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The signal SIGHUP, by which daemons are told to read their configuration again.
 *
 * <p>By reflection: the JDK has no other way to a signal than {@code sun.misc.Signal}, which is
 * kept for programs that need it, and of which the compiler warns without a way to agree.
 */
final class HangUp {

  private static final Logger LOG = LoggerFactory.getLogger(HangUp.class);

  private HangUp() {}

  /**
   * Runs the task at each SIGHUP, in a thread of its own. Where the process was started with the
   * signal ignored (nohup), or the platform has none, it never comes.
   */
  static void run(Runnable task) {
    try {
      Class<?> signal = Class.forName("sun.misc.Signal");
      Class<?> handler = Class.forName("sun.misc.SignalHandler");
      Object made =
          Proxy.newProxyInstance(
              HangUp.class.getClassLoader(),
              new Class<?>[] {handler},
              (proxy, method, arguments) -> answer(proxy, method, arguments, task));
      signal
          .getMethod("handle", signal, handler)
          .invoke(null, signal.getConstructor(String.class).newInstance("HUP"), made);
    } catch (ReflectiveOperationException e) {
      LOG.info("SIGHUP is not heard here", e);
    }
  }

  @SuppressWarnings("ReferenceEquality") // a proxy is equal to itself only
  private static Object answer(Object proxy, Method method, Object[] arguments, Runnable task) {
    return switch (method.getName()) {
      case "handle" -> {
        task.run();
        yield proxy; // nobody looks at it, the method is void
      }
      case "equals" -> proxy == arguments[0];
      case "hashCode" -> System.identityHashCode(proxy);
      default -> HangUp.class.getName();
    };
  }
}
