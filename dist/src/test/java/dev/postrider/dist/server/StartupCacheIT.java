package dev.postrider.dist.server;

import static org.assertj.core.api.Assertions.assertThat;

import dev.postrider.dist.home.NewHome;
import dev.postrider.dist.startup.Rehearsal;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * The start-up cache never shows: used where it fits, passed over and replaced where it doesn't.
 */
class StartupCacheIT {

  private static final String CACHE = "cache/postrider.aot";

  @TempDir Path directory;
  private Path install;
  private Path home;

  @BeforeEach
  void copyDistribution() throws IOException {
    install = directory.resolve("install");
    try (Stream<Path> tree = Files.walk(Launcher.distribution())) {
      for (Path from : tree.toList()) {
        // With their times, which the cache goes by.
        Files.copy(
            from,
            install.resolve(Launcher.distribution().relativize(from).toString()),
            StandardCopyOption.COPY_ATTRIBUTES,
            LinkOption.NOFOLLOW_LINKS);
      }
    }
    home = Launcher.home(directory);
  }

  @Test
  void aServerStartsFromTheCacheThatThePackageBrings() throws IOException {
    assertThat(install.resolve(CACHE)).isNotEmptyFile();
    Path loaded = directory.resolve("loaded");
    String log = "-Xlog:class+load:file=" + loaded;
    try (RunningServer server = start(Map.of("POSTRIDER_JAVA_OPTS", log))) {
      assertThat(mapped(server)).contains(install.resolve(CACHE).toString());
      assertSilent(server);
      assertThat(server.stop()).isZero();
    }
    assertOnlyOfAServer(loaded);
  }

  // All classes of the cache are in the memory of each server from its start.
  private static void assertOnlyOfAServer(Path loaded) throws IOException {
    List<String> cached;
    try (Stream<String> lines = Files.lines(loaded)) {
      cached = lines.filter(line -> line.contains("shared objects file")).toList();
    }
    assertThat(cached).hasSizeGreaterThan(5000);
    for (String name :
        List.of(
            Rehearsal.class.getName(),
            NewHome.class.getName(),
            "org.bouncycastle.cert.",
            "sun.security.ssl.XDHKeyExchange",
            "com.fasterxml.jackson.databind.ObjectMapper",
            "java.net.http.")) {
      assertThat(cached.stream().filter(line -> line.contains(" " + name))).isEmpty();
    }
  }

  @Tag("long")
  @Test
  void aCacheOfSomethingElseIsReplacedWithoutAWord() throws IOException {
    Files.writeString(install.resolve(CACHE), "this is no cache of any JVM");
    try (RunningServer server = start(Map.of())) {
      assertSilent(server);
      awaitNew(install.resolve(CACHE), 1000);
      assertThat(server.stop()).isZero();
    }
    try (RunningServer server = start(Map.of())) {
      assertThat(mapped(server)).contains(install.resolve(CACHE).toString());
    }
  }

  @Test
  void otherOptionsThanThoseItWasMadeWithAreNoTrouble() throws IOException {
    Map<String, String> other =
        Map.of("JAVA_OPTS", "-XX:-UseParallelGC -XX:+UseG1GC -XX:-UseCompactObjectHeaders");
    // As if it had been made with these.
    Path own =
        install.resolve(
            "cache/postrider-XX-UseParallelGC-XX+UseG1GC-XX-UseCompactObjectHeaders.aot");
    Files.copy(install.resolve(CACHE), own);
    try (RunningServer server = start(other)) {
      assertSilent(server);
      assertThat(mapped(server)).doesNotContain(own.toString());
      assertThat(server.stop()).isZero();
    }
  }

  @Test
  void aFolderThatCannotBeWrittenToIsNoTrouble() throws IOException {
    delete(install.resolve("cache"));
    Files.writeString(install.resolve("cache"), "in the way of the folder");
    String nowhere = install.resolve("cache").toString();
    try (RunningServer server = start(Map.of("XDG_CACHE_HOME", nowhere))) {
      assertSilent(server);
      assertThat(server.stop()).isZero();
    }
  }

  private RunningServer start(Map<String, String> more) {
    return RunningServer.start(install.resolve("bin/postrider"), home, more);
  }

  private static String mapped(RunningServer server) throws IOException {
    return Files.readString(Path.of("/proc/" + server.process().pid() + "/maps"));
  }

  private static void assertSilent(RunningServer server) {
    List<String> all = server.output();
    assertThat(all).allMatch(line -> line.startsWith("ready in "));
  }

  private static void awaitNew(Path cache, long least) {
    Awaitility.await()
        .atMost(240, TimeUnit.SECONDS)
        .pollInterval(200, TimeUnit.MILLISECONDS)
        .until(() -> size(cache) > least);
  }

  private static long size(Path file) {
    try {
      return Files.size(file);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static void delete(Path folder) throws IOException {
    try (Stream<Path> files = Files.list(folder)) {
      for (Path file : files.toList()) {
        Files.delete(file);
      }
    }
    Files.delete(folder);
  }
}
