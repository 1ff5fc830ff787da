package dev.postrider.dist.server;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;

/** The packaged {@code bin/postrider}, run as a process with ports that are free. */
public final class Launcher {

  private static final List<String> LISTENERS =
      List.of(
          "SMTP",
          "SUBMISSION",
          "SUBMISSIONS",
          "LMTP",
          "POP3",
          "POP3S",
          "IMAP",
          "IMAPS",
          "SIEVE",
          "ADMIN");

  private Launcher() {}

  /** What a command came to. */
  public record Result(int code, String out, String err) {}

  /** The folder of the distribution that this build packaged. */
  public static Path distribution() {
    return Path.of(System.getProperty("postrider.distribution", "target/postrider"))
        .toAbsolutePath();
  }

  /**
   * The environment of tests: loopback, any free ports, no resolver that answers; what is given
   * comes on top.
   */
  public static Map<String, String> environment(Map<String, String> more) {
    Map<String, String> environment = new TreeMap<>();
    environment.put("JAVA_HOME", System.getProperty("java.home"));
    environment.put("PATH", System.getenv().getOrDefault("PATH", "/usr/bin:/bin"));
    environment.put("POSTRIDER_BIND", "127.0.0.1");
    environment.put("POSTRIDER_DNS", "127.0.0.1:9");
    LISTENERS.forEach(name -> environment.put("POSTRIDER_" + name + "_PORT", "0"));
    environment.putAll(more);
    return environment;
  }

  /** A process of the launcher that has just begun. */
  public static ProcessBuilder process(Map<String, String> more, List<String> arguments) {
    return process(distribution().resolve("bin/postrider"), more, arguments);
  }

  /** A process of a launcher that has just begun. */
  static ProcessBuilder process(Path launcher, Map<String, String> more, List<String> arguments) {
    List<String> command = new ArrayList<>();
    command.add(launcher.toString());
    command.addAll(arguments);
    ProcessBuilder builder = new ProcessBuilder(command);
    builder.environment().clear();
    builder.environment().putAll(environment(more));
    return builder;
  }

  /** Runs a command to its end. */
  public static Result run(String... arguments) {
    return runWithInput("", arguments);
  }

  /** Runs a command to its end with this standard input. */
  public static Result runWithInput(String input, String... arguments) {
    return runWith(Map.of(), input, arguments);
  }

  /** Runs a command to its end with this standard input and more environment. */
  public static Result runWith(Map<String, String> more, String input, String... arguments) {
    try {
      Path out = Files.createTempFile("postrider", ".out");
      Path err = Files.createTempFile("postrider", ".err");
      try {
        Process process =
            process(more, List.of(arguments))
                .redirectOutput(out.toFile())
                .redirectError(err.toFile())
                .start();
        try (var stdin = process.getOutputStream()) {
          stdin.write(input.getBytes(StandardCharsets.UTF_8));
        }
        if (!process.waitFor(90, TimeUnit.SECONDS)) {
          process.destroyForcibly();
          throw new AssertionError(
              "postrider "
                  + String.join(" ", arguments)
                  + " did not end: "
                  + Files.readString(out));
        }
        return new Result(process.exitValue(), Files.readString(out), Files.readString(err));
      } finally {
        Files.deleteIfExists(out);
        Files.deleteIfExists(err);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new AssertionError("interrupted", e);
    }
  }

  /** Makes a home of {@code example.test} with the user alice, whose password is "postrider". */
  public static Path home(Path directory) {
    Path home = directory.resolve("home");
    init(home, "example.test", "alice@example.test");
    return home;
  }

  /** Makes a home with a user, whose password is "postrider"; what that printed. */
  public static String init(Path home, String domain, String admin) {
    Result made =
        runWithInput(
            "postrider\n",
            "init",
            "--home",
            home.toString(),
            "--domain",
            domain,
            "--admin",
            admin,
            "--password-file",
            "-");
    if (made.code() != 0) {
      throw new AssertionError("init failed: " + made);
    }
    return made.out();
  }
}
