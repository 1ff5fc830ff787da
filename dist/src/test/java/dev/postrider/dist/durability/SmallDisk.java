package dev.postrider.dist.durability;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Assumptions;

/** A file system of a few megabytes in memory that fills up as a real disk does. */
final class SmallDisk implements AutoCloseable {
  private final Path root;
  private final Path ballast;

  private SmallDisk(Path root) {
    this.root = root;
    this.ballast = root.resolve("ballast");
  }

  /** Mounts one; the test is skipped, and says so, where that is not allowed. */
  static SmallDisk mount(Path at, int megabytes) throws IOException, InterruptedException {
    Files.createDirectories(at);
    boolean mounted =
        run("mount", "-t", "tmpfs", "-o", "size=" + megabytes + "m", "tmpfs", at.toString());
    Assumptions.assumeTrue(
        mounted, "no tmpfs can be mounted here; run the tests as root, as .ci/run does");
    return new SmallDisk(at);
  }

  Path root() {
    return root;
  }

  /** Takes this much of the space away, until {@link #dropBallast}. */
  void takeBallast(int octets) throws IOException {
    Files.write(ballast, new byte[octets]);
  }

  void dropBallast() throws IOException {
    Files.delete(ballast);
  }

  private static boolean run(String... command) throws IOException, InterruptedException {
    Process process =
        new ProcessBuilder(command)
            .redirectErrorStream(true)
            .redirectOutput(ProcessBuilder.Redirect.DISCARD)
            .start();
    return process.waitFor(30, TimeUnit.SECONDS) && process.exitValue() == 0;
  }

  @Override
  public void close() throws IOException {
    try {
      if (!run("umount", root.toString()) && !run("umount", "-l", root.toString())) {
        throw new IOException(root + " can't be unmounted");
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IOException("interrupted while unmounting " + root, e);
    }
  }
}
