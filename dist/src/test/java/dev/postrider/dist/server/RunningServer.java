package dev.postrider.dist.server;

import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/** {@code postrider serve} as a process of its own. Killed at the latest when it is closed. */
public final class RunningServer implements AutoCloseable {

  private static final long READY_SECONDS = 120;

  private final Path home;
  private final Process process;
  private final List<String> output = Collections.synchronizedList(new ArrayList<>());
  private final CountDownLatch ready = new CountDownLatch(1);
  private Map<String, String> listeners = Map.of();

  private RunningServer(Path home, Process process) {
    this.home = home;
    this.process = process;
  }

  /** Starts a server and waits until it accepts. */
  public static RunningServer start(Path home) {
    return start(home, Map.of());
  }

  /** Starts a server with more environment and waits until it accepts. */
  public static RunningServer start(Path home, Map<String, String> more) {
    return start(Launcher.distribution().resolve("bin/postrider"), home, more);
  }

  /** Starts a server of some installation and waits until it accepts. */
  static RunningServer start(Path launcher, Path home, Map<String, String> more) {
    try {
      Process process =
          Launcher.process(launcher, more, List.of("serve", "--home", home.toString()))
              .redirectErrorStream(true)
              .start();
      RunningServer server = new RunningServer(home, process);
      Thread.ofVirtual().start(server::collect);
      server.awaitReady();
      return server;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private void collect() {
    try (BufferedReader reader = process.inputReader()) {
      for (String line = reader.readLine(); line != null; line = reader.readLine()) {
        output.add(line);
        if (line.startsWith("ready in ")) {
          ready.countDown();
        }
      }
    } catch (IOException e) {
      output.add("its output broke off: " + e.getMessage());
    }
    ready.countDown();
  }

  private void awaitReady() throws IOException {
    try {
      boolean told = ready.await(READY_SECONDS, TimeUnit.SECONDS);
      if (!told || output().stream().noneMatch(line -> line.startsWith("ready in "))) {
        process.destroyForcibly();
        throw new AssertionError("the server did not start: " + String.join("\n", output()));
      }
    } catch (InterruptedException e) {
      process.destroyForcibly();
      Thread.currentThread().interrupt();
      throw new AssertionError("interrupted", e);
    }
    listeners =
        new ObjectMapper()
            .readValue(
                Files.readAllBytes(home.resolve("data/listeners.json")),
                new TypeReference<Map<String, String>>() {});
  }

  /** What it printed so far, standard output and error together. */
  public List<String> output() {
    synchronized (output) {
      return List.copyOf(output);
    }
  }

  /** Its home. */
  public Path home() {
    return home;
  }

  /** The names of its listeners and where they are. */
  public Map<String, String> listeners() {
    return Map.copyOf(listeners);
  }

  /** Where a listener is: {@code smtp}, {@code submission}, {@code pop3s}, … */
  public InetSocketAddress address(String listener) {
    String text = listeners.get(listener);
    if (text == null) {
      throw new AssertionError("no listener " + listener + " in " + listeners);
    }
    int colon = text.lastIndexOf(':');
    return new InetSocketAddress(
        text.substring(0, colon), Integer.parseInt(text.substring(colon + 1)));
  }

  /** The port of a listener. */
  public int port(String listener) {
    return address(listener).getPort();
  }

  /** Its process. */
  public ProcessHandle process() {
    return process.toHandle();
  }

  /** Asks it to stop (SIGTERM) and waits; its exit code. */
  public int stop() {
    process.destroy();
    try {
      if (!process.waitFor(40, TimeUnit.SECONDS)) {
        process.destroyForcibly();
        throw new AssertionError("the server did not stop: " + String.join("\n", output()));
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new AssertionError("interrupted", e);
    }
    return process.exitValue();
  }

  /** Kills it (SIGKILL), as a power failure of the process would, and waits until it is gone. */
  public void kill() {
    process.destroyForcibly().onExit().join();
  }

  @Override
  public void close() {
    kill();
  }
}
