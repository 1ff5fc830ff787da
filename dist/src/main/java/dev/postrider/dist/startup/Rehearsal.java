package dev.postrider.dist.startup;

import dev.postrider.dist.home.Configurations;
import dev.postrider.dist.home.DemoHome;
import dev.postrider.dist.home.Home;
import dev.postrider.dist.home.Installation;
import dev.postrider.dist.home.ListenersFile;
import dev.postrider.dist.home.NewHome;
import dev.postrider.dist.home.Reasons;
import dev.postrider.dist.home.Refusal;
import dev.postrider.dist.server.Composition;
import dev.postrider.kernel.host.config.ServerConfig;
import java.io.BufferedReader;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Base64;
import java.util.Comparator;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * A short life of a server in a directory of its own, on free ports of loopback: a mail over
 * submission and some over SMTP, fetched by POP3. The JVM of that server watches itself to make the
 * start-up cache: all classes that it uses are in memory from the start of each server, so what is
 * seldom used stays out. That is why the home and the clients are this process's.
 */
public final class Rehearsal {

  private static final Pattern PORT =
      Pattern.compile("\\$\\{env:POSTRIDER_(?!OUTBOUND)[A-Z0-9]+_PORT:-[^}]*}");
  private static final Pattern BIND = Pattern.compile("\\$\\{env:POSTRIDER_BIND:-[^}]*}");
  private static final Pattern DNS = Pattern.compile("\\$\\{env:POSTRIDER_DNS:-[^}]*}");
  private static final String ALICE = DemoHome.USERS.getFirst();
  private static final String BOB = DemoHome.USERS.getLast();

  // Few: what is often run in the rehearsal is compiled at each start, ahead of the listeners.
  private static final int MAILS = 3;

  // With the lowest priority on a busy machine; the JVM writes the cache after the server's end.
  private static final Duration PATIENCE = Duration.ofMinutes(10);

  private Rehearsal() {}

  /**
   * Runs it to its end. The launcher takes from its environment that the server is to be watched.
   *
   * @throws Refusal when something did not work; what was made is removed in any case
   */
  public static void run(Installation installation) throws InterruptedException {
    try {
      Path directory = Files.createTempDirectory("postrider-rehearsal");
      try {
        run(new Home(directory), installation);
      } finally {
        remove(directory);
      }
    } catch (IOException e) {
      throw new Refusal("the rehearsal failed: " + Reasons.of(e));
    }
  }

  private static void run(Home home, Installation installation)
      throws IOException, InterruptedException {
    NewHome.make(home, installation, DemoHome.DOMAIN, Rehearsal::alone);
    ServerConfig config = Configurations.read(home);
    try (Composition.Offline offline = Composition.offline(config)) {
      DemoHome.USERS.forEach(user -> offline.administration().addUser(user, DemoHome.PASSWORD));
    }
    Process server = start(home, installation);
    try {
      awaitReady(server);
      ListenersFile listeners = ListenersFile.in(config.storage().directory());
      submit(listener(listeners, "submission"));
      receive(listener(listeners, "smtp"));
      fetch(listener(listeners, "pop3s"));
      server.destroy();
      if (!server.waitFor(PATIENCE) || server.exitValue() != 0) {
        throw new Refusal("the rehearsal's server did not end as it should");
      }
    } finally {
      server.destroyForcibly();
    }
  }

  private static Process start(Home home, Installation installation) throws IOException {
    return new ProcessBuilder(
            installation.root().resolve("bin/postrider").toString(),
            "serve",
            "--home",
            home.directory().toString())
        .redirectError(ProcessBuilder.Redirect.INHERIT)
        .start();
  }

  private static void awaitReady(Process server) throws IOException {
    try (BufferedReader out = server.inputReader(StandardCharsets.UTF_8)) {
      String line;
      do {
        line = out.readLine();
      } while (line != null && !line.startsWith("ready"));
      if (line == null) {
        throw new Refusal("the rehearsal's server did not start");
      }
    }
  }

  private static String alone(String configuration) {
    String free = PORT.matcher(configuration).replaceAll("0");
    String loopback = BIND.matcher(free).replaceAll("127.0.0.1");
    return DNS.matcher(loopback).replaceAll("127.0.0.1:9");
  }

  private static void submit(InetSocketAddress submission) throws IOException {
    try (LineDialogue smtp = LineDialogue.open(submission, false)) {
      smtp.hear("2");
      smtp.say("EHLO rehearsal.example.test", "2");
      smtp.say("STARTTLS", "2");
      smtp.secure();
      smtp.say("EHLO rehearsal.example.test", "2");
      String secret = "\0" + ALICE + "\0" + DemoHome.PASSWORD;
      byte[] octets = secret.getBytes(StandardCharsets.UTF_8);
      smtp.say("AUTH PLAIN " + Base64.getEncoder().encodeToString(octets), "2");
      mail(smtp, ALICE);
      smtp.say("QUIT", "2");
    }
  }

  private static void receive(InetSocketAddress port) throws IOException {
    try (LineDialogue smtp = LineDialogue.open(port, false)) {
      smtp.hear("2");
      smtp.say("EHLO rehearsal.example.test", "2");
      for (int i = 0; i < MAILS; i++) {
        mail(smtp, "someone@elsewhere.test");
      }
      smtp.say("RCPT TO:<nobody@elsewhere.test>", "5");
      smtp.say("QUIT", "2");
    }
  }

  private static void mail(LineDialogue smtp, String from) throws IOException {
    smtp.say("MAIL FROM:<" + from + ">", "2");
    smtp.say("RCPT TO:<" + BOB + ">", "2");
    smtp.say("DATA", "3");
    smtp.say(
        "From: <%s>\r\nTo: <%s>\r\nSubject: rehearsal\r\n\r\n%s\r\n."
            .formatted(from, BOB, "A line of the mail.\r\n".repeat(50).strip()),
        "2");
  }

  private static void fetch(InetSocketAddress pop3s) throws IOException {
    try (LineDialogue pop3 = LineDialogue.open(pop3s, true)) {
      pop3.hear("+");
      pop3.say("USER " + BOB, "+");
      pop3.say("PASS " + DemoHome.PASSWORD, "+");
      pop3.say("STAT", "+");
      pop3.say("UIDL 1", "+");
      pop3.say("RETR 1", "+");
      pop3.hearUntilDot();
      pop3.say("DELE 1", "+");
      pop3.say("QUIT", "+");
    }
  }

  private static void remove(Path directory) throws IOException {
    try (Stream<Path> tree = Files.walk(directory)) {
      List<Path> deepestFirst = tree.sorted(Comparator.reverseOrder()).toList();
      for (Path path : deepestFirst) {
        Files.delete(path);
      }
    }
  }

  private static InetSocketAddress listener(ListenersFile listeners, String name) {
    return listeners
        .read(name)
        .orElseThrow(() -> new Refusal("the rehearsal's server has no listener '" + name + "'"));
  }
}
