package dev.postrider.dist.logging;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.encoder.PatternLayoutEncoder;
import ch.qos.logback.classic.filter.ThresholdFilter;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.Appender;
import ch.qos.logback.core.ConsoleAppender;
import ch.qos.logback.core.CoreConstants;
import ch.qos.logback.core.pattern.DynamicConverter;
import ch.qos.logback.core.rolling.RollingFileAppender;
import ch.qos.logback.core.rolling.SizeAndTimeBasedRollingPolicy;
import ch.qos.logback.core.util.FileSize;
import dev.postrider.dist.home.Refusal;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.text.SimpleDateFormat;
import java.util.Calendar;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.function.Supplier;
import org.slf4j.LoggerFactory;

/** Where a running server logs: everything from a level on to files, warnings to standard error. */
public final class Logging {

  private static final String FILE_PATTERN =
      "%d{yyyy-MM-dd'T'HH:mm:ss.SSSXXX} %-5level %logger{24} %safe%n%fault";
  private static final String CONSOLE_PATTERN = "%level %safe%n%fault{3}";

  private Logging() {}

  /**
   * From here on to {@code postrider.log} in this directory: a new file each day and at 50 MB, kept
   * for 30 days and 1 GB.
   */
  public static void toFiles(Path directory, System.Logger.Level level) throws IOException {
    Files.createDirectories(directory);
    Path file = directory.resolve("postrider.log");
    if (Files.exists(file) ? !Files.isWritable(file) : !Files.isWritable(directory)) {
      throw new Refusal("no permission to write the log " + file);
    }
    LoggerContext context = (LoggerContext) LoggerFactory.getILoggerFactory();
    context.reset();
    register(context);
    Logger root = context.getLogger(org.slf4j.Logger.ROOT_LOGGER_NAME);
    root.setLevel(Level.toLevel(level.getName(), Level.INFO));
    root.addAppender(file(context, file));
    root.addAppender(console(context, CONSOLE_PATTERN));
    // One line per DNS message and per allocation tells a mail admin nothing.
    context.getLogger("io.netty").setLevel(Level.INFO);
  }

  /** Loads the calendars and languages of the JDK ahead of the log, which rolls at midnight. */
  public static void prepare() {
    new SimpleDateFormat("yyyy-MM-dd", Locale.ROOT).format(Calendar.getInstance().getTime());
  }

  /** Makes the words {@code %safe} and {@code %fault} known to patterns. */
  static void register(LoggerContext context) {
    Map<String, Supplier<? extends DynamicConverter<?>>> rules = new HashMap<>();
    rules.put("safe", SafeMessage::new);
    rules.put("fault", SafeThrowable::new);
    context.putObject(CoreConstants.PATTERN_RULE_REGISTRY_FOR_SUPPLIERS, rules);
  }

  /** Writes what is waiting and closes the files. */
  public static void close() {
    ((LoggerContext) LoggerFactory.getILoggerFactory()).stop();
  }

  private static Appender<ILoggingEvent> file(LoggerContext context, Path file) {
    RollingFileAppender<ILoggingEvent> appender = new RollingFileAppender<>();
    appender.setContext(context);
    appender.setFile(file.toString());
    appender.setEncoder(encoder(context, FILE_PATTERN));
    SizeAndTimeBasedRollingPolicy<ILoggingEvent> rolling = new SizeAndTimeBasedRollingPolicy<>();
    rolling.setContext(context);
    rolling.setParent(appender);
    rolling.setFileNamePattern(file.resolveSibling("postrider.%d.%i.log.gz").toString());
    rolling.setMaxFileSize(FileSize.valueOf("50MB"));
    rolling.setMaxHistory(30);
    rolling.setTotalSizeCap(FileSize.valueOf("1GB"));
    rolling.start();
    appender.setRollingPolicy(rolling);
    appender.start();
    return appender;
  }

  /** Warnings to standard error. */
  static Appender<ILoggingEvent> console(LoggerContext context, String pattern) {
    ConsoleAppender<ILoggingEvent> appender = new ConsoleAppender<>();
    appender.setContext(context);
    appender.setTarget("System.err");
    appender.setEncoder(encoder(context, pattern));
    ThresholdFilter warnings = new ThresholdFilter();
    warnings.setLevel("WARN");
    warnings.start();
    appender.addFilter(warnings);
    appender.start();
    return appender;
  }

  private static PatternLayoutEncoder encoder(LoggerContext context, String pattern) {
    PatternLayoutEncoder encoder = new PatternLayoutEncoder();
    encoder.setContext(context);
    encoder.setPattern(pattern);
    encoder.start();
    return encoder;
  }
}
