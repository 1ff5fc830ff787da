package dev.postrider.dist.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.postrider.dist.dkim.DkimFolder;
import dev.postrider.dist.dkim.DkimKey;
import dev.postrider.dist.home.Home;
import dev.postrider.dist.server.Launcher;
import dev.postrider.dist.server.RunningServer;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A user's mail is signed by one server and judged by another one, and by dkimpy. */
class DkimIT {

  private static final String OWN = "RemoteAddressInNetwork=127.0.0.0/8, ::1, ";

  @TempDir Path folder;

  @Test
  void mailIsSignedWithTheNewestKeysAndTheOtherSideAgrees() throws Exception {
    Tool.require("swaks", "swaks");
    Path here = Launcher.home(folder);
    Path there = farHome();
    try (LoopbackDns dns = new LoopbackDns()) {
      dns.domain("far.test").domain("example.test");
      publish(dns, here);
      Map<String, String> farWorld = Map.of("POSTRIDER_DNS", dns.address());
      try (RunningServer far = RunningServer.start(there, farWorld)) {
        Map<String, String> world =
            Map.of(
                "POSTRIDER_DNS",
                dns.address(),
                "POSTRIDER_OUTBOUND_PORT",
                Integer.toString(far.port("smtp")),
                "POSTRIDER_OUTBOUND_ALLOW_PRIVATE",
                "true");
        try (RunningServer near = RunningServer.start(here, world)) {
          submit(near);
          String first = received(far, 1);
          assertJudged(first, selectors(here, "signing"));

          List<String> before = selectors(here, "signing");
          Launcher.Result rotated = dkim(here, "rotate", "example.test");
          assertThat(rotated.code()).as(rotated.toString()).isZero();
          assertThat(selectors(here, "signing")).isEqualTo(before);
          publish(dns, here);
          Launcher.Result activated =
              Launcher.runWith(
                  world, "", "dkim", "activate", "example.test", "--home", here.toString());
          assertThat(activated.code()).as(activated.toString()).isZero();
          List<String> after = selectors(here, "signing");
          assertThat(after).hasSize(2).doesNotContainAnyElementsOf(before);
          assertThat(selectors(here, "retired")).containsExactlyInAnyOrderElementsOf(before);
          String second = first;
          for (int mails = 2; mails < 9 && !second.contains(after.getFirst()); mails++) {
            submit(near);
            second = received(far, mails);
          }
          assertJudged(second, after);
          judgedByPython(second, here);
        }
      }
    }
    assertThat(dkim(here, "remove", "example.test").out()).contains("removed ");
    assertThat(dkim(here, "list", "--json").out())
        .contains("\"state\" : \"SIGNING\"")
        .doesNotContain("RETIRED");
    keysAreForTheServerAlone(here);
  }

  private static void assertJudged(String mail, List<String> selectors) {
    String header = mail.substring(0, mail.indexOf("\r\n\r\n")).replace("\r\n ", " ");
    assertThat(header).containsOnlyOnce("DKIM-Signature: v=1; a=rsa-sha256;");
    assertThat(header).containsOnlyOnce("DKIM-Signature: v=1; a=ed25519-sha256;");
    String results =
        header.lines().filter(l -> l.startsWith("Authentication-Results:")).findFirst().orElse("");
    assertThat(results.split("dkim=pass", -1)).as(results).hasSize(3);
    for (String selector : selectors) {
      assertThat(results).contains("header.s=" + selector);
    }
  }

  private void judgedByPython(String mail, Path home) throws Exception {
    if (Tool.run(folder, "", "/usr/bin/python3", "-c", "import dkim, nacl").exit() != 0) {
      System.out.println("not judged by dkimpy: install python3-dkim and python3-nacl");
      return;
    }
    Path names = folder.resolve("names");
    StringBuilder lines = new StringBuilder();
    for (String line : dkim(home, "dns", "example.test").out().split("\n", -1)) {
      lines.append(line.replace(". IN TXT ", " ").replace("\" \"", "").replace("\"", ""));
      lines.append('\n');
    }
    Files.writeString(names, lines);
    Path file = Files.write(folder.resolve("mail"), mail.getBytes(StandardCharsets.ISO_8859_1));
    String script =
        """
        import dkim, sys
        names = dict(line.rstrip("\\n").split(" ", 1) for line in open(sys.argv[1]) if " " in line)
        mail = dkim.DKIM(open(sys.argv[2], "rb").read())
        def txt(name, timeout=5):
            return names.get(name.decode().rstrip(".").lower(), "").encode()
        print(mail.verify(0, dnsfunc=txt), mail.verify(1, dnsfunc=txt))
        """;
    Tool.Result result =
        Tool.run(folder, "", "/usr/bin/python3", "-c", script, names.toString(), file.toString());
    assertThat(result.output().strip()).isEqualTo("True True");
  }

  private void submit(RunningServer server) throws Exception {
    Tool.Result sent =
        Tool.run(
            folder,
            "",
            Tool.require("swaks", "swaks"),
            "--server",
            "127.0.0.1:" + server.port("submission"),
            "--tls",
            "--auth",
            "PLAIN",
            "--auth-user",
            "alice@example.test",
            "--auth-password",
            "postrider",
            "--from",
            "alice@example.test",
            "--to",
            "bob@far.test",
            "--header",
            "Subject: signed",
            "--body",
            "A line with  two spaces \\n\\nand another one.\\n");
    assertThat(sent.exit()).as(sent.output()).isZero();
  }

  private static String received(RunningServer server, int count) throws Exception {
    await().atMost(Duration.ofSeconds(30)).until(() -> messages(server) == count);
    try (Maildrop drop = Maildrop.open(server.port("pop3s"), "bob@far.test", "postrider")) {
      return new String(drop.message(count), StandardCharsets.ISO_8859_1);
    }
  }

  private static int messages(RunningServer server) throws Exception {
    try (Maildrop drop = Maildrop.open(server.port("pop3s"), "bob@far.test", "postrider")) {
      return drop.count();
    }
  }

  private Path farHome() throws IOException {
    Path home = folder.resolve("far");
    assertThat(Launcher.init(home, "far.test", "bob@far.test"))
        .contains("-rsa._domainkey.far.test. IN TXT \"v=DKIM1; k=rsa; p=");
    // In this test the neighbour on loopback is a stranger.
    Path pipeline = home.resolve("conf/pipeline.xml");
    String text = Files.readString(pipeline);
    int at = text.indexOf(OWN);
    Files.writeString(
        pipeline,
        text.substring(0, at)
            + "RemoteAddressInNetwork=192.0.2.250, "
            + text.substring(at + OWN.length()));
    return home;
  }

  private static void publish(LoopbackDns dns, Path home) throws IOException {
    for (DkimKey key : new DkimFolder(new Home(home)).list("example.test")) {
      String line = key.zoneLine();
      int start = line.indexOf('"') + 1;
      List<String> strings = List.of(line.substring(start, line.length() - 1).split("\" \"", -1));
      assertThat(strings).allSatisfy(each -> assertThat(each.length()).isLessThanOrEqualTo(255));
      dns.text(key.name(), strings);
    }
  }

  private static List<String> selectors(Path home, String state) {
    return new DkimFolder(new Home(home))
        .list().stream()
            .filter(key -> key.state().word().equals(state))
            .map(DkimKey::selector)
            .toList();
  }

  private static Launcher.Result dkim(Path home, String... arguments) {
    List<String> all =
        Stream.of(Stream.of("dkim"), Stream.of(arguments), Stream.of("--home", home.toString()))
            .flatMap(each -> each)
            .toList();
    return Launcher.run(all.toArray(String[]::new));
  }

  private static void keysAreForTheServerAlone(Path home) throws IOException {
    try (Stream<Path> tree = Files.walk(home.resolve("conf/dkim"))) {
      assertThat(tree.filter(Files::isRegularFile))
          .isNotEmpty()
          .allSatisfy(
              file ->
                  assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
                      .isEqualTo("rw-------"));
    }
  }
}
