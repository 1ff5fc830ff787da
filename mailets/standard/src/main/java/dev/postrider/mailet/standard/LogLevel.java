package dev.postrider.mailet.standard;

/** How loud a log line is. */
public enum LogLevel {
  /** Each step. */
  TRACE(System.Logger.Level.TRACE),
  /** For finding faults. */
  DEBUG(System.Logger.Level.DEBUG),
  /** The ordinary course. */
  INFO(System.Logger.Level.INFO),
  /** Worth a look. */
  WARN(System.Logger.Level.WARNING),
  /** Needs somebody. */
  ERROR(System.Logger.Level.ERROR);

  private final System.Logger.Level level;

  LogLevel(System.Logger.Level level) {
    this.level = level;
  }

  System.Logger.Level level() {
    return level;
  }
}
