package dev.postrider.dist.reload;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assumptions.assumeFalse;

import dev.postrider.dist.client.Maildrop;
import dev.postrider.dist.client.SmtpPeer;
import dev.postrider.dist.server.AdminDoor;
import dev.postrider.dist.server.Launcher;
import dev.postrider.dist.server.RunningServer;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Collectors;
import javax.net.ssl.SSLSocket;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ReloadIT {

  private static final int RELOADS = 20;
  private static final Duration PATIENCE = Duration.ofSeconds(60);

  @TempDir Path folder;
  private Path home;
  private Stamps stamps;

  @BeforeEach
  void makeHome() throws IOException {
    home = Launcher.home(folder);
    stamps = new Stamps(folder);
    stamps.put(home, stamps.jar("1"));
    Stamps.pipeline(home, "a");
  }

  @Test
  void reloadsUnderLoadDropDoubleAndCutNothingAndEachMailMeetsOneVersion() throws Exception {
    List<Path> versions = List.of(stamps.jar("1"), stamps.jar("2"));
    try (RunningServer server = RunningServer.start(home);
        AdminDoor admin = new AdminDoor(server)) {
      SteadyLoad load = SteadyLoad.start(server.port("smtp"));
      for (int i = 1; i <= RELOADS; i++) {
        awaitMore(load, 15);
        stamps.put(home, versions.get(i % 2));
        Stamps.pipeline(home, i % 4 < 2 ? "a" : "b");
        assertThat(admin.reload()).matches(AdminDoor.Answer::done);
      }
      awaitMore(load, 15);
      reloadAtOnce(admin);
      Stamps.brokenPipeline(home);
      AdminDoor.Answer broken = admin.reload();
      assertThat(broken.done()).isFalse();
      assertThat(broken.status()).isEqualTo(400);
      assertThat(broken.text())
          .contains("everything stays as it was")
          .containsPattern("conf/pipeline.xml:\\d+: unknown mailet 'LocalDelivry'")
          .containsPattern("conf/pipeline.xml:\\d+: .*banana");
      awaitMore(load, 50);
      int accepted = load.end();
      assertThat(load.faults()).isEmpty();
      // The last run on an old version may still be ending.
      await()
          .atMost(PATIENCE)
          .untilAsserted(() -> assertThat(instancesOfStamp(server)).isBetween(1L, 2L));

      List<String> headers = headers(server);
      assertThat(headers).hasSize(accepted);
      assertThat(headers.stream().map(Maildrop::subject)).doesNotHaveDuplicates();
      Set<String> kinds = new HashSet<>();
      for (String header : headers) {
        List<String> found = Stamps.in(header);
        assertThat(found).hasSize(3).containsOnly(found.getFirst());
        kinds.add(found.getFirst());
      }
      assertThat(kinds).containsExactlyInAnyOrder("1 a", "1 b", "2 a", "2 b");
    }
  }

  private static void awaitMore(SteadyLoad load, int mails) {
    int enough = load.accepted() + mails;
    await()
        .atMost(PATIENCE)
        .pollInterval(Duration.ofMillis(5))
        .until(() -> load.accepted() >= enough || !load.faults().isEmpty());
  }

  private static void reloadAtOnce(AdminDoor admin) throws Exception {
    try (ExecutorService clients = Executors.newVirtualThreadPerTaskExecutor()) {
      List<Future<AdminDoor.Answer>> answers = new ArrayList<>();
      for (int i = 0; i < 4; i++) {
        answers.add(clients.submit(admin::reload));
      }
      for (Future<AdminDoor.Answer> answer : answers) {
        assertThat(answer.get()).matches(AdminDoor.Answer::done);
      }
    }
  }

  /** How many kinds of the mailet live in the server after a collection: one per class loader. */
  private static long instancesOfStamp(RunningServer server) throws Exception {
    Process jcmd =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin/jcmd").toString(),
                Long.toString(server.process().pid()),
                "GC.class_histogram")
            .redirectErrorStream(true)
            .start();
    String out = new String(jcmd.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertThat(jcmd.waitFor()).as(out).isZero();
    return out.lines().filter(line -> line.contains("acme.Stamp")).count();
  }

  @Test
  void aReloadByCommandOrSignalTellsWhatItTookAndWhatNeedsARestart() throws Exception {
    Launcher.Result nobody = reload();
    assertThat(nobody.code()).isEqualTo(1);
    assertThat(nobody.err()).contains("no server runs for " + home).contains("postrider check");
    assertThat(Launcher.run("reload").code()).isEqualTo(2);
    try (RunningServer server = RunningServer.start(home)) {
      assertThat(stampOf(server)).isEqualTo("1 a");
      X509Certificate before = certificate(server);
      newCertificate();
      Stamps.pipeline(home, "b");
      edit("deadline=\"20s\"", "deadline=\"21s\"");
      Launcher.Result done = reload();
      assertThat(done.code()).as(done.err()).isZero();
      assertThat(done.out())
          .contains("in use from now on: conf/pipeline.xml")
          .contains(
              "the plugins authentication, filtering, spam, standard, stamp, a new TLS certificate")
          .contains("needs a restart: deadline of <pipeline> in conf/postrider.xml");
      assertThat(stampOf(server)).isEqualTo("1 b");
      assertThat(certificate(server)).isNotEqualTo(before);
      reloadBySignal(server);
      assertThat(server.stop()).isZero();
    }
  }

  @Test
  void changedFilesAreTakenWhereTheyAreWatched() throws Exception {
    edit("watch=\"false\"", "watch=\"true\"");
    try (RunningServer server = RunningServer.start(home)) {
      stamps.put(home, stamps.jar("2"));
      await()
          .atMost(PATIENCE)
          .until(() -> log().contains("a file was changed: in use from now on"));
      assertThat(stampOf(server)).isEqualTo("2 a");
    }
  }

  private void reloadBySignal(RunningServer server) throws Exception {
    assumeFalse(ignoresHangUp(server), "this build was started with nohup, which servers inherit");
    Stamps.pipeline(home, "c");
    hangUp(server);
    await()
        .atMost(PATIENCE)
        .until(() -> log().contains("SIGHUP: in use from now on: conf/pipeline.xml"));
    assertThat(stampOf(server)).isEqualTo("1 c");
    Stamps.brokenPipeline(home);
    hangUp(server);
    await().atMost(PATIENCE).until(() -> log().contains("SIGHUP: the reload is refused"));
    assertThat(stampOf(server)).isEqualTo("1 c");
  }

  private Launcher.Result reload() {
    return Launcher.run("reload", "--home", home.toString());
  }

  private static void hangUp(RunningServer server) throws Exception {
    String pid = Long.toString(server.process().pid());
    assertThat(new ProcessBuilder("kill", "-HUP", pid).start().waitFor()).isZero();
  }

  private static boolean ignoresHangUp(RunningServer server) throws IOException {
    Path status = Path.of("/proc", Long.toString(server.process().pid()), "status");
    String ignored =
        Files.readAllLines(status).stream()
            .filter(line -> line.startsWith("SigIgn:"))
            .findFirst()
            .orElseThrow();
    return (Long.parseUnsignedLong(ignored.substring(7).strip(), 16) & 1) != 0;
  }

  private String log() throws IOException {
    return Files.readString(home.resolve("log/postrider.log"));
  }

  private void edit(String from, String to) throws IOException {
    Path file = home.resolve("conf/postrider.xml");
    String text = Files.readString(file);
    assertThat(text).contains(from);
    Files.writeString(file, text.replace(from, to));
  }

  private void newCertificate() throws IOException {
    Path other = Launcher.home(Files.createDirectories(folder.resolve("other")));
    for (String name : List.of("cert.pem", "key.pem")) {
      Files.copy(
          other.resolve("conf/tls").resolve(name),
          home.resolve("conf/tls").resolve(name),
          StandardCopyOption.REPLACE_EXISTING);
    }
  }

  private static String stampOf(RunningServer server) throws Exception {
    try (SmtpPeer peer = new SmtpPeer(server.port("smtp"))) {
      byte[] mail = "Subject: one\r\n\r\nhello\r\n".getBytes(StandardCharsets.UTF_8);
      assertThat(peer.send("x@elsewhere.test", "alice@example.test", mail)).startsWith("250");
    }
    return headers(server).stream()
        .map(Stamps::in)
        .map(found -> found.stream().distinct().collect(Collectors.joining("+")))
        .toList()
        .getLast();
  }

  private static List<String> headers(RunningServer server) throws Exception {
    try (Maildrop drop = Maildrop.open(server.port("pop3s"), "alice@example.test", "postrider")) {
      return drop.headers();
    }
  }

  private static X509Certificate certificate(RunningServer server) throws Exception {
    try (SSLSocket socket =
        (SSLSocket) Maildrop.trustingEverybody().createSocket("127.0.0.1", server.port("pop3s"))) {
      socket.startHandshake();
      return (X509Certificate) socket.getSession().getPeerCertificates()[0];
    }
  }
}
