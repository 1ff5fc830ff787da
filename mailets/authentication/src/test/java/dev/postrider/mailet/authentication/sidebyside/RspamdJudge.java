package dev.postrider.mailet.authentication.sidebyside;

import dev.postrider.plugin.testkit.LocalDaemon;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** rspamd of Debian's package, with its modules for SPF, DKIM, ARC and DMARC. */
final class RspamdJudge implements Judge, AutoCloseable {

  static final String PROGRAM = "/usr/bin/rspamd";

  private static final Map<String, Map<String, String>> SYMBOLS =
      Map.of(
          "spf",
          Map.of(
              "R_SPF_ALLOW", "pass",
              "R_SPF_FAIL", "fail",
              "R_SPF_SOFTFAIL", "softfail",
              "R_SPF_NEUTRAL", "neutral",
              "R_SPF_NA", "none",
              "R_SPF_PERMFAIL", "permerror",
              "R_SPF_DNSFAIL", "temperror"),
          "dkim",
          Map.of(
              "R_DKIM_ALLOW", "pass",
              "R_DKIM_REJECT", "fail",
              "R_DKIM_NA", "none",
              "R_DKIM_PERMFAIL", "permerror",
              "R_DKIM_TEMPFAIL", "temperror"),
          "arc",
          Map.of(
              "ARC_ALLOW", "pass",
              "ARC_REJECT", "fail",
              "ARC_INVALID", "fail",
              "ARC_NA", "none",
              "ARC_DNSFAIL", "temperror"),
          "dmarc",
          Map.of(
              "DMARC_POLICY_ALLOW", "pass",
              "DMARC_POLICY_REJECT", "fail, reject",
              "DMARC_POLICY_QUARANTINE", "fail, quarantine",
              "DMARC_POLICY_SOFTFAIL", "fail, none",
              "DMARC_NA", "none",
              "DMARC_BAD_POLICY", "bad policy",
              "DMARC_DNSFAIL", "temperror"));

  private final LocalDaemon daemon;
  // Where it is offered HTTP/2, rspamd says nothing but SPF.
  private final HttpClient client =
      HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
  private final URI check;

  private RspamdJudge(LocalDaemon daemon, int port) {
    this.daemon = daemon;
    this.check = URI.create("http://127.0.0.1:" + port + "/checkv2");
  }

  static RspamdJudge start(Path folder, int dnsPort) throws IOException {
    int port = LocalDaemon.freePort();
    Files.writeString(
        folder.resolve("dns.inc"),
        "dns { nameserver = [\"127.0.0.1:" + dnsPort + ":1\"]; timeout = 2s; retransmits = 2; }\n");
    for (String file : List.of("rules.lua", "tld", "rspamd.conf")) {
      LocalDaemon.put(RspamdJudge.class, "/rspamd/" + file, folder, port);
    }
    LocalDaemon daemon =
        LocalDaemon.start(
            folder,
            () -> LocalDaemon.answers(port),
            List.of(
                PROGRAM, "--no-fork", "--insecure", "--config=" + folder.resolve("rspamd.conf")));
    return new RspamdJudge(daemon, port);
  }

  @Override
  public String name() {
    return "rspamd";
  }

  @Override
  public List<Judgement> judge(List<Sent> mails) throws IOException, InterruptedException {
    List<Judgement> out = new ArrayList<>();
    for (Sent sent : mails) {
      HttpRequest request =
          HttpRequest.newBuilder(check)
              .header("IP", sent.client())
              .header("Helo", sent.mail().client().helo())
              .header("From", "<" + sent.mail().sender() + ">")
              .POST(HttpRequest.BodyPublishers.ofByteArray(sent.octets()))
              .build();
      out.add(read(client.send(request, HttpResponse.BodyHandlers.ofString()).body()));
    }
    return out;
  }

  private static Judgement read(String json) {
    Map<String, String> results = new HashMap<>();
    SYMBOLS.forEach(
        (method, words) ->
            words.forEach(
                (symbol, word) -> {
                  if (json.contains("\"" + symbol + "\":{")) {
                    results.merge(method, word, (one, other) -> one + " and " + other);
                  }
                }));
    Map<String, String> all = new LinkedHashMap<>();
    Judgement.METHODS.forEach(method -> all.put(method, results.getOrDefault(method, "nothing")));
    return new Judgement(all);
  }

  @Override
  public void close() {
    client.close();
    daemon.close();
  }
}
