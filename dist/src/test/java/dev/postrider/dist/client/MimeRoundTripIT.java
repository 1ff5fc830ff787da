package dev.postrider.dist.client;

import static org.assertj.core.api.Assertions.assertThat;

import dev.postrider.dist.server.Launcher;
import dev.postrider.dist.server.RunningServer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The public MIME corpus goes in by SMTP and comes out by POP3, octet for octet. */
class MimeRoundTripIT {

  @TempDir Path folder;

  @Test
  void everyMailOfTheCorpusComesOutAsItWentIn() throws Exception {
    List<Path> corpus = corpus();
    Path home = Launcher.home(folder);
    try (RunningServer server = RunningServer.start(home)) {
      try (SmtpPeer peer = new SmtpPeer(server.port("smtp"))) {
        for (Path file : corpus) {
          assertThat(peer.send("x@elsewhere.test", "alice@example.test", wire(file)))
              .as(file.getFileName().toString())
              .startsWith("250");
        }
      }
      try (Maildrop drop = Maildrop.open(server.port("pop3s"), "alice@example.test", "postrider")) {
        assertThat(drop.count()).isEqualTo(corpus.size());
        for (int i = 0; i < corpus.size(); i++) {
          String got = new String(drop.message(i + 1), StandardCharsets.ISO_8859_1);
          String sent = withoutReturnPath(wire(corpus.get(i)));
          assertThat(got).as(corpus.get(i).getFileName().toString()).endsWith(sent);
          assertThat(onlyTraceFields(got.substring(0, got.length() - sent.length())))
              .as("what stands before " + corpus.get(i).getFileName())
              .isTrue();
        }
      }
    }
  }

  // Final delivery replaces the one that was there (RFC 5321 §4.4).
  private static String withoutReturnPath(byte[] mail) {
    return new String(mail, StandardCharsets.ISO_8859_1).replaceFirst("^Return-Path:.*\r\n", "");
  }

  private static boolean onlyTraceFields(String head) {
    return head.lines()
        .filter(line -> !line.startsWith(" ") && !line.startsWith("\t"))
        .allMatch(line -> line.matches("(Return-Path|Delivered-To|Received): .*"));
  }

  private static List<Path> corpus() throws Exception {
    Path shared = Path.of(System.getProperty("postrider.shared", "../shared"), "testdata/mime");
    Assumptions.assumeTrue(Files.isDirectory(shared), () -> "no corpus at " + shared);
    try (Stream<Path> files = Files.list(shared)) {
      return files.filter(each -> each.toString().endsWith(".msg")).sorted().toList();
    }
  }

  // SMTP carries lines that end in CRLF only (RFC 5321 §2.3.8); the corpus is kept with LF.
  private static byte[] wire(Path file) throws Exception {
    String text = new String(Files.readAllBytes(file), StandardCharsets.ISO_8859_1);
    String lines = text.replace("\r\n", "\n").replace("\r", "\n").replace("\n", "\r\n");
    return (lines.endsWith("\r\n") ? lines : lines + "\r\n").getBytes(StandardCharsets.ISO_8859_1);
  }
}
