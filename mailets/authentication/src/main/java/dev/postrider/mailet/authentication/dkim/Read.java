package dev.postrider.mailet.authentication.dkim;

/** What reading some text of the other side came to. */
public sealed interface Read<T> {

  /**
   * It is of its form.
   *
   * @param value what it says
   */
  record Sound<T>(T value) implements Read<T> {}

  /**
   * It is not.
   *
   * @param fault why
   */
  record Faulty<T>(Fault fault) implements Read<T> {}
}
