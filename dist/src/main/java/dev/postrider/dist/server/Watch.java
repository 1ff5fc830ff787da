package dev.postrider.dist.server;

import dev.postrider.kernel.port.Timers;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.FileVisitOption;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.time.Duration;
import java.util.List;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Looks at files every now and then and tells when they were changed and then stayed as they are
 * for one more look, so that what is half copied is not taken. Tells once per change, whatever
 * comes of it.
 */
final class Watch implements AutoCloseable {

  private static final int DEPTH = 3;

  private final Supplier<List<Path>> watched;
  private final Timers timers;
  private final Duration every;
  private final Runnable changed;
  private String known = "";
  private @Nullable String unsettled;
  private Runnable cancel = () -> {};
  private boolean over;

  /**
   * Watches nothing yet.
   *
   * @param watched files, and folders with all in them that does not begin with a dot
   * @param every between two looks
   * @param changed what is told
   */
  Watch(Supplier<List<Path>> watched, Timers timers, Duration every, Runnable changed) {
    this.watched = watched;
    this.timers = timers;
    this.every = every;
    this.changed = changed;
  }

  /** Begins, with what is there now as what is known. */
  synchronized void start() {
    known = state();
    arm();
  }

  @Override
  public synchronized void close() {
    over = true;
    cancel.run();
  }

  private synchronized void arm() {
    if (!over) {
      cancel = timers.after(every, this::look);
    }
  }

  // One look at a time: the next is planned at the end of this one.
  private void look() {
    try {
      if (isSettledChange()) {
        changed.run();
      }
    } finally {
      arm();
    }
  }

  private synchronized boolean isSettledChange() {
    String now = state();
    if (now.equals(known)) {
      unsettled = null;
      return false;
    }
    if (!now.equals(unsettled)) {
      unsettled = now;
      return false;
    }
    known = now;
    unsettled = null;
    return !over;
  }

  private String state() {
    StringBuilder out = new StringBuilder();
    for (Path path : watched.get()) {
      // A file that can't be read is a state too: the reload says what is wrong with it.
      try {
        describe(path, out);
      } catch (IOException | UncheckedIOException e) {
        out.append(path).append(": ").append(e).append('\n');
      }
    }
    return out.toString();
  }

  private static void describe(Path path, StringBuilder out) throws IOException {
    try (Stream<Path> all = Files.walk(path, DEPTH, FileVisitOption.FOLLOW_LINKS)) {
      for (Path each : all.filter(one -> isVisible(path, one)).sorted().toList()) {
        BasicFileAttributes file = Files.readAttributes(each, BasicFileAttributes.class);
        out.append(each).append(' ').append(file.isDirectory() ? 0 : file.size());
        out.append(' ').append(file.lastModifiedTime()).append(' ').append(file.fileKey());
        out.append('\n');
      }
    }
  }

  private static boolean isVisible(Path root, Path path) {
    for (Path part : root.relativize(path)) {
      if (part.toString().startsWith(".")) {
        return false;
      }
    }
    return !Files.isDirectory(path) || !path.equals(root);
  }
}
