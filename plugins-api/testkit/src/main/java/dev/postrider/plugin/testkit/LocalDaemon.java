package dev.postrider.plugin.testkit;

import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;

/**
 * A real daemon, such as one of a Debian package, that a test starts in a folder of its own and
 * stops. Thread: one.
 *
 * @since 1.1
 */
public final class LocalDaemon implements AutoCloseable {

  private static final String LOG = "out.log";
  private static final Duration PATIENCE = Duration.ofMinutes(1);

  private final Process process;

  private LocalDaemon(Process process) {
    this.process = process;
  }

  /** Whether the program is on this machine. */
  public static boolean isInstalled(String program) {
    return Files.isExecutable(Path.of(program));
  }

  /**
   * Starts it and waits until it is ready, at most a minute.
   *
   * @param folder for its output
   * @throws IOException when it can't be started
   * @throws AssertionError with its output when it ends or does not become ready
   */
  public static LocalDaemon start(Path folder, BooleanSupplier ready, List<String> command)
      throws IOException {
    Path log = folder.resolve(LOG);
    Process process =
        new ProcessBuilder(command).redirectErrorStream(true).redirectOutput(log.toFile()).start();
    LocalDaemon daemon = new LocalDaemon(process);
    long end = System.nanoTime() + PATIENCE.toNanos();
    while (!ready.getAsBoolean() && process.isAlive() && System.nanoTime() < end) {
      LockSupport.parkNanos(10_000_000);
    }
    if (!process.isAlive() || !ready.getAsBoolean()) {
      daemon.close();
      throw new AssertionError(
          String.join(" ", command)
              + " is not ready:\n"
              + Files.readString(log, StandardCharsets.ISO_8859_1));
    }
    return daemon;
  }

  /** Whether somebody listens at this port of loopback. */
  public static boolean answers(int port) {
    try (Socket socket = new Socket()) {
      socket.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), 200);
      return true;
    } catch (IOException e) {
      return false;
    }
  }

  /** Whether the daemon of this folder has written this. */
  public static boolean says(Path folder, String text) {
    try {
      return Files.readString(folder.resolve(LOG), StandardCharsets.ISO_8859_1).contains(text);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** A port that is free now, of those that no outgoing connection takes by chance. */
  public static int freePort() {
    for (int port : new Random().ints(1000, 10_000, 32_000).toArray()) {
      try (ServerSocket socket = new ServerSocket(port, 1, InetAddress.getLoopbackAddress())) {
        return socket.getLocalPort();
      } catch (IOException e) {
        // Somebody has it; the next one.
      }
    }
    throw new IllegalStateException("no port is free");
  }

  /**
   * Writes a resource of the test's class path into a folder, under its last name, with
   * {@code @FOLDER@} and {@code @PORT@} filled in.
   *
   * @param of a class beside which, or from whose root on, the resource is found
   * @throws IOException when there is no such resource, or it can't be written
   */
  public static Path put(Class<?> of, String resource, Path folder, int port) throws IOException {
    try (InputStream in = of.getResourceAsStream(resource)) {
      if (in == null) {
        throw new FileNotFoundException(resource);
      }
      String text = new String(in.readAllBytes(), StandardCharsets.UTF_8);
      Path file = folder.resolve(resource.substring(resource.lastIndexOf('/') + 1));
      return Files.writeString(
          file, text.replace("@FOLDER@", folder.toString()).replace("@PORT@", "" + port));
    }
  }

  @Override
  public void close() {
    List<ProcessHandle> all = process.descendants().toList();
    process.destroy();
    try {
      if (!process.waitFor(5, TimeUnit.SECONDS)) {
        process.destroyForcibly().waitFor();
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    all.forEach(ProcessHandle::destroyForcibly);
  }
}
