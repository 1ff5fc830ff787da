package dev.postrider.dist.server;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.postrider.dist.client.SmtpPeer;
import java.io.IOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What strangers send is read by nobody else on the machine, and steers no terminal. */
class HostileInputIT {

  private static final Set<PosixFilePermission> OF_OTHERS =
      PosixFilePermissions.fromString("---rwxrwx");
  private static final String ESCAPES = "\u001b[31m\u001b]0;owned\u0007\u009b2J\u202e";

  private static final List<String> COMMANDS =
      List.of(
          "EHLO " + ESCAPES + "evil.test",
          "HELO evil\rFORGED",
          "HELO evil\nFORGED",
          "MAIL FROM:<\"" + ESCAPES + "\"@elsewhere.test> SMTPUTF8",
          "MAIL FROM:<x@elsewhere.test\nFORGED>",
          "VRFY " + ESCAPES,
          "RCPT TO:<" + ESCAPES + "@example.test>",
          ESCAPES);

  @TempDir Path folder;

  /** The launcher, started by somebody whose files are for all. */
  private Path careless() throws IOException {
    Path script = folder.resolve("careless");
    Path launcher = Launcher.distribution().resolve("bin/postrider");
    Files.writeString(script, "#!/bin/sh\numask 000\nexec '" + launcher + "' \"$@\"\n");
    Files.setPosixFilePermissions(script, PosixFilePermissions.fromString("rwx------"));
    return script;
  }

  private static Path home(Path launcher, Path folder) throws Exception {
    Path home = folder.resolve("home");
    Process init =
        Launcher.process(
                launcher,
                Map.of(),
                List.of(
                    "init",
                    "--home",
                    home.toString(),
                    "--domain",
                    "example.test",
                    "--admin",
                    "alice@example.test",
                    "--password-file",
                    "-"))
            .redirectErrorStream(true)
            .start();
    init.outputWriter().append("postrider\n").close();
    String said = new String(init.getInputStream().readAllBytes(), UTF_8);
    assertThat(init.waitFor()).as(said).isZero();
    return home;
  }

  /** What others may enter, read or write, when the home itself lets them in. */
  private static List<String> openToOthers(Path home) throws IOException {
    try (Stream<Path> all = Files.list(home)) {
      return all.flatMap(HostileInputIT::openIn).sorted().toList();
    }
  }

  private static Stream<String> openIn(Path path) {
    try {
      Set<PosixFilePermission> set = Files.getPosixFilePermissions(path);
      boolean closed = set.stream().noneMatch(OF_OTHERS::contains);
      if (closed) {
        return Stream.empty();
      }
      Stream<String> own = Stream.of(path + " " + PosixFilePermissions.toString(set));
      if (!Files.isDirectory(path)) {
        return own;
      }
      try (Stream<Path> inside = Files.list(path)) {
        return Stream.concat(
            own,
            inside.sorted(Comparator.naturalOrder()).toList().stream()
                .flatMap(HostileInputIT::openIn));
      }
    } catch (NoSuchFileException e) {
      // The server has done with it meanwhile.
      return Stream.empty();
    } catch (IOException e) {
      throw new IllegalStateException(e);
    }
  }

  private static List<Path> drafts(Path home) throws IOException {
    List<Path> drafts = new ArrayList<>();
    Files.walkFileTree(
        home.resolve("data"),
        new SimpleFileVisitor<>() {
          @Override
          public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) {
            if (file.getFileName().toString().startsWith("draft")) {
              drafts.add(file);
            }
            return FileVisitResult.CONTINUE;
          }

          @Override
          public FileVisitResult visitFileFailed(Path file, IOException reason) throws IOException {
            if (reason instanceof NoSuchFileException) {
              return FileVisitResult.CONTINUE;
            }
            throw reason;
          }
        });
    return drafts;
  }

  private static void isHarmless(String where, String text) {
    for (String line : text.split("\n", -1)) {
      assertThat(line.chars().filter(c -> c != '\t' && isHarmful(c)).toArray())
          .as("%s: %s", where, line)
          .isEmpty();
    }
    assertThat(text.lines()).as(where).noneMatch(line -> line.startsWith("FORGED"));
  }

  private static boolean isHarmful(int c) {
    return Character.isISOControl(c) || Character.getType(c) == Character.FORMAT;
  }

  private static void filesAreForTheServerOnly(RunningServer server) throws Exception {
    Path home = server.home();
    try (SmtpPeer peer = new SmtpPeer(server.port("smtp"))) {
      peer.command("MAIL FROM:<x@elsewhere.test>");
      peer.command("RCPT TO:<alice@example.test>");
      assertThat(peer.command("DATA")).startsWith("354");
      peer.write(
          ("Subject: long\r\n\r\n" + "x".repeat(998).concat("\r\n").repeat(8_000)).getBytes(UTF_8));
      await().atMost(Duration.ofSeconds(60)).until(() -> !drafts(home).isEmpty());
      assertThat(drafts(home))
          .allSatisfy(
              draft ->
                  assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(draft)))
                      .isEqualTo("rw-------"));
      assertThat(openToOthers(home)).isEmpty();
      assertThat(peer.command(".")).startsWith("250");
    }
  }

  private void commandsAndMailAreHarmless(RunningServer server) throws Exception {
    for (String command : COMMANDS) {
      try (SmtpPeer peer = new SmtpPeer(server.port("smtp"))) {
        assertThat(peer.command(command)).as(command).matches("(?s)[245]\\d\\d.*");
      }
    }
    String header = "From: %1$s <x@elsewhere.test>\r\nSubject: %1$s\r\nX-A: %1$s\r\n";
    byte[] mail = (header + "\r\nhello %1$s\r\n").formatted(ESCAPES).getBytes(UTF_8);
    try (SmtpPeer peer = new SmtpPeer(server.port("smtp"))) {
      assertThat(peer.send("x@elsewhere.test", "alice@example.test", mail)).startsWith("250");
    }
    isHarmless("output", String.join("\n", server.output()));
    Launcher.Result trace =
        Launcher.run(
            "trace",
            "--home",
            server.home().toString(),
            "--from",
            "x@elsewhere.test",
            "--to",
            "alice@example.test",
            Files.write(folder.resolve("mail.eml"), mail).toString());
    assertThat(trace.code()).as(trace.toString()).isZero();
    isHarmless("trace", trace.out() + trace.err());
  }

  @Test
  void whateverComesInStaysInsideAndSteersNoTerminal() throws Exception {
    Path launcher = careless();
    Path home = home(launcher, folder);
    Path conf = home.resolve("conf/postrider.xml");
    Files.writeString(conf, Files.readString(conf).replace(":-info}", ":-debug}"));
    try (RunningServer server = RunningServer.start(launcher, home, Map.of())) {
      filesAreForTheServerOnly(server);
      commandsAndMailAreHarmless(server);
      assertThat(server.stop()).isZero();
    }
    try (Stream<Path> logs = Files.list(home.resolve("log"))) {
      for (Path log : logs.toList()) {
        isHarmless(log.toString(), Files.readString(log));
      }
    }
  }
}
