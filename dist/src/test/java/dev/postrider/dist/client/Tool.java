package dev.postrider.dist.client;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Assumptions;

/** Programs of Debian's packages, run as a user would. */
final class Tool {
  private static final List<String> FOLDERS = List.of("/usr/bin", "/usr/sbin", "/usr/local/bin");

  private Tool() {}

  /** What a program came to. */
  record Result(int exit, String output) {}

  /** Where the program is; the test is skipped, and says so, where it is missing. */
  static String require(String name, String debianPackage) {
    Optional<Path> found =
        FOLDERS.stream().map(each -> Path.of(each, name)).filter(Files::isExecutable).findFirst();
    Assumptions.assumeTrue(
        found.isPresent(), () -> name + " is missing; install Debian's package " + debianPackage);
    return found.orElseThrow().toString();
  }

  /** Runs a program to its end, at most two minutes; both outputs in one text. */
  static Result run(Path folder, String input, String... command)
      throws IOException, InterruptedException {
    return run(folder, Map.of(), input, command);
  }

  static Result run(Path folder, Map<String, String> environment, String input, String... command)
      throws IOException, InterruptedException {
    Path output = Files.createTempFile(folder, "output", ".txt");
    Path stdin = Files.writeString(Files.createTempFile(folder, "input", ".txt"), input);
    ProcessBuilder builder =
        new ProcessBuilder(command)
            .directory(folder.toFile())
            .redirectErrorStream(true)
            .redirectInput(stdin.toFile())
            .redirectOutput(output.toFile());
    builder.environment().putAll(environment);
    Process process = builder.start();
    if (!process.waitFor(2, TimeUnit.MINUTES)) {
      process.destroyForcibly().waitFor();
      throw new AssertionError(
          Arrays.toString(command) + " did not end:\n" + Files.readString(output));
    }
    return new Result(
        process.exitValue(), new String(Files.readAllBytes(output), StandardCharsets.UTF_8));
  }
}
