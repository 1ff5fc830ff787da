package dev.postrider.mailet.filtering.daemon;

import static org.assertj.core.api.Assertions.assertThat;

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
import java.util.Objects;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.Assumptions;

/** A daemon of a Debian package, started by a test in a folder of its own and stopped by it. */
public final class RealDaemon implements AutoCloseable {

  private static final String LOG = "out.log";
  private static final Duration PATIENCE = Duration.ofSeconds(20);

  private final Process process;

  private RealDaemon(Process process) {
    this.process = process;
  }

  /** Skips the test where a program is not installed. */
  public static void require(String program, String debianPackage) {
    Assumptions.assumeTrue(
        Files.isExecutable(Path.of(program)),
        program + " is not here; install Debian's package " + debianPackage);
  }

  /**
   * Starts it and waits until it is ready.
   *
   * @param folder for its output
   */
  public static RealDaemon start(Path folder, BooleanSupplier ready, List<String> command)
      throws IOException {
    Path log = folder.resolve(LOG);
    Process process =
        new ProcessBuilder(command).redirectErrorStream(true).redirectOutput(log.toFile()).start();
    RealDaemon daemon = new RealDaemon(process);
    long end = System.nanoTime() + PATIENCE.toNanos();
    while (!ready.getAsBoolean() && process.isAlive() && System.nanoTime() < end) {
      LockSupport.parkNanos(10_000_000);
    }
    if (!ready.getAsBoolean()) {
      daemon.close();
    }
    assertThat(process.isAlive()).as(Files.readString(log, StandardCharsets.ISO_8859_1)).isTrue();
    return daemon;
  }

  /** Whether somebody listens on loopback. */
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
        continue;
      }
    }
    throw new IllegalStateException("no port is free");
  }

  /** Writes a resource into a folder, with {@code @FOLDER@} and {@code @PORT@} filled in. */
  public static Path put(String resource, Path folder, int port) throws IOException {
    try (InputStream in = RealDaemon.class.getResourceAsStream(resource)) {
      String text = new String(Objects.requireNonNull(in).readAllBytes(), StandardCharsets.UTF_8);
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
