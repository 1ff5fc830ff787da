package dev.postrider.kernel.host.pipeline.tests;

import java.util.ResourceBundle;
import org.jspecify.annotations.Nullable;

/** A log that nobody reads: the mails of tests would look there like real ones. Thread: any. */
record UnreadLogger(String name) implements System.Logger {

  @Override
  public String getName() {
    return name;
  }

  @Override
  public boolean isLoggable(Level level) {
    return false;
  }

  @Override
  public void log(
      Level level,
      @Nullable ResourceBundle bundle,
      @Nullable String message,
      @Nullable Throwable thrown) {
    // Nobody reads it.
  }

  @Override
  public void log(
      Level level,
      @Nullable ResourceBundle bundle,
      @Nullable String format,
      @Nullable Object @Nullable ... parameters) {
    // Nobody reads it.
  }
}
