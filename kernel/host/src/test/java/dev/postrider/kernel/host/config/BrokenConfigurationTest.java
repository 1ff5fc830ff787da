package dev.postrider.kernel.host.config;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Every message names file, line, thing and, where there is one, a way out. */
class BrokenConfigurationTest {

  private static final String NAME = "<hostname>mail.example.test</hostname>";
  private static final String SMTP = "<listener name=\"smtp\" protocol=\"smtp\" port=\"25\"/>";
  private static final String DOORS = "<listeners>" + SMTP + "</listeners>";

  @TempDir Path directory;
  private Home home;

  @BeforeEach
  void makeHome() {
    home = new Home(directory);
  }

  private List<String> problems(String... lines) {
    return problemsOf(String.join("\n", lines));
  }

  private List<String> problemsOf(String xml) {
    return switch (home.read(xml, Map.of("LOOP", "${env:LOOP}"))) {
      case ConfigResult.Valid _ -> List.of();
      case ConfigResult.Invalid(var problems) -> problems.stream().map(Object::toString).toList();
    };
  }

  @Test
  void theSmallestConfigurationIsFine() {
    assertThat(problems("<postrider>", NAME, DOORS, "</postrider>")).isEmpty();
  }

  @Test
  void unknownElement() {
    assertThat(problems("<postrider>", NAME, DOORS, "<storrage/>", "</postrider>"))
        .containsExactly(
            "conf/postrider.xml:4: unknown element <storrage> in <postrider>; did you mean"
                + " 'storage'?");
  }

  @Test
  void unknownAttribute() {
    assertThat(
            problems(
                "<postrider>",
                NAME,
                "<listeners>",
                SMTP,
                "<listener name=\"pop3\" protocol=\"pop3\" prot=\"110\"",
                "          tls=\"starttls\" port=\"110\"/>",
                "</listeners>",
                "</postrider>"))
        .containsExactly(
            "conf/postrider.xml:6: unknown attribute 'prot' of <listener name=\"pop3\">; did you"
                + " mean 'port'?");
  }

  @Test
  void elementWhereAnAttributeBelongs() {
    assertThat(
            problems(
                "<postrider>",
                NAME,
                DOORS,
                "<storage>",
                "<directory>data</directory>",
                "</storage>",
                "</postrider>"))
        .containsExactly(
            "conf/postrider.xml:5: unknown element <directory> in <storage>; write it as an"
                + " attribute: directory=\"…\"");
  }

  @Test
  void notANumber() {
    assertThat(
            problems(
                "<postrider>", NAME, DOORS, "<outbound connections=\"many\"/>", "</postrider>"))
        .containsExactly(
            "conf/postrider.xml:4: connections 'many' of <outbound> is not a number; write a whole"
                + " number from 1 to 100000");
  }

  @Test
  void portOutOfRange() {
    assertThat(
            problems(
                "<postrider>",
                NAME,
                "<listeners>",
                "<listener name=\"smtp\" protocol=\"smtp\" port=\"70000\"/>",
                "</listeners>",
                "</postrider>"))
        .containsExactly(
            "conf/postrider.xml:4: port '70000' of <listener name=\"smtp\"> is out of range; write"
                + " a whole number from 0 to 65535");
  }

  @Test
  void limitsBelowWhatTheStandardAsks() {
    assertThat(
            problems(
                "<postrider>",
                NAME,
                "<listeners>",
                "<limits message-size=\"10k\" recipients=\"99\"",
                "        command-line=\"511\"/>",
                SMTP,
                "</listeners>",
                "</postrider>"))
        .containsExactly(
            "conf/postrider.xml:5: message-size '10k' of <limits> is out of range; write a size"
                + " from 64k to 1024g",
            "conf/postrider.xml:5: recipients '99' of <limits> is out of range; write a whole"
                + " number from 100 to 50000",
            "conf/postrider.xml:5: command-line '511' of <limits> is out of range; write a whole"
                + " number from 512 to 65536");
  }

  @Test
  void notATimeNotASizeNotANetworkNotAResolver() {
    assertThat(
            problems(
                "<postrider>",
                NAME,
                DOORS,
                "<storage ledger-retention=\"30 fortnights\"",
                "         minimum-free=\"lots\"/>",
                "<networks relay=\"192.0.2.0/24, intranet\"/>",
                "<dns servers=\"dns.example.test\"/>",
                "</postrider>"))
        .containsExactly(
            "conf/postrider.xml:5: attribute 'minimum-free' of <storage>: 'lots' is not a size"
                + " like 500k, 25m or 1g",
            "conf/postrider.xml:5: attribute 'ledger-retention' of <storage>: '30 fortnights' is"
                + " not a time like 500ms, 10s, 5m, 2h or 3d",
            "conf/postrider.xml:6: attribute 'relay' of <networks>: 'intranet' is not a network"
                + " like 192.0.2.0/24 or 2001:db8::/32",
            "conf/postrider.xml:7: attribute 'servers' of <dns>: 'dns.example.test' is not the"
                + " address of a resolver like 127.0.0.1:5353");
  }

  @Test
  void notAnAddressToListenOn() {
    assertThat(
            problems(
                "<postrider>",
                NAME,
                "<listeners>",
                "<listener name=\"smtp\" protocol=\"smtp\" port=\"25\" address=\"eth0\"/>",
                "</listeners>",
                "</postrider>"))
        .containsExactly(
            "conf/postrider.xml:4: attribute 'address' of <listener name=\"smtp\">: 'eth0' is not"
                + " an IP address such as 127.0.0.1, 0.0.0.0 or ::");
  }

  @Test
  void unknownChoice() {
    assertThat(
            problems(
                "<postrider>",
                NAME,
                "<listeners>",
                "<listener name=\"smtp\" protocol=\"smpt\" port=\"25\" tls=\"startls\"/>",
                "</listeners>",
                "</postrider>"))
        .containsExactly(
            "conf/postrider.xml:4: protocol 'smpt' of <listener name=\"smtp\"> is not known; did"
                + " you mean 'smtp'?",
            "conf/postrider.xml:4: tls 'startls' of <listener name=\"smtp\"> is not known; did you"
                + " mean 'starttls'?");
  }

  @Test
  void twoListenersOfOneNameOrOnePort() {
    assertThat(
            problems(
                "<postrider>",
                NAME,
                "<listeners>",
                SMTP,
                "<listener name=\"smtp\" protocol=\"smtp\" port=\"26\"/>",
                "<listener name=\"lmtp\" protocol=\"lmtp\" address=\"127.0.0.1\" port=\"25\"/>",
                "</listeners>",
                "</postrider>"))
        .containsExactly(
            "conf/postrider.xml:5: a second listener has the name 'smtp', first in line 4; give it"
                + " another name",
            "conf/postrider.xml:6: the listeners 'smtp' and 'lmtp' both want port 25 of 127.0.0.1;"
                + " give one of them another port, or port=\"off\"");
  }

  @Test
  void doorsThatWouldNotBeSafe() {
    assertThat(
            problems(
                "<postrider>",
                NAME,
                "<listeners>",
                "<listener name=\"pop3\" protocol=\"pop3\" port=\"110\"/>",
                "<listener name=\"admin\" protocol=\"admin\" port=\"8025\"/>",
                "</listeners>",
                "</postrider>"))
        .containsExactly(
            "conf/postrider.xml:4: nobody could log in at <listener name=\"pop3\"> without TLS;"
                + " write tls=\"starttls\" or tls=\"implicit\"",
            "conf/postrider.xml:5: administration may only listen on loopback, not on 0.0.0.0;"
                + " write address=\"127.0.0.1\" and use an SSH tunnel");
  }

  @Test
  void nothingToListenOn() {
    assertThat(problems("<postrider>", NAME, "<listeners/>", "</postrider>"))
        .containsExactly(
            "conf/postrider.xml:3: no listener is on, nobody could connect; give one of them a"
                + " port");
  }

  @Test
  void missingAndWrongHostNames() {
    assertThat(problems("<postrider>", DOORS, "</postrider>"))
        .containsExactly(
            "conf/postrider.xml:1: <hostname> is missing; add"
                + " <hostname>mail.example.org</hostname> with your host's name");
    assertThat(problems("<postrider>", "<hostname>my server</hostname>", DOORS, "</postrider>"))
        .containsExactly(
            "conf/postrider.xml:2: <hostname>: the domain 'my server' holds a character that host"
                + " names can't have");
  }

  @Test
  void twoOfASectionAndTwoOfADomain() {
    assertThat(
            problems(
                "<postrider>",
                NAME,
                DOORS,
                "<dns/>",
                "<dns/>",
                "<domains>",
                "<domain>example.test</domain>",
                "<domain>Example.Test</domain>",
                "</domains>",
                "</postrider>"))
        .containsExactly(
            "conf/postrider.xml:5: <dns> is there twice, first in line 4; keep one",
            "conf/postrider.xml:8: the domain 'example.test' is there twice; keep one");
  }

  @Test
  void certificateMissing() throws IOException {
    Files.delete(directory.resolve("conf/tls/cert.pem"));
    assertThat(problemsWithTls())
        .containsExactly(
            "conf/postrider.xml:4: the TLS certificate 'conf/tls/cert.pem' is missing; "
                + TlsFiles.ADVICE);
  }

  @Test
  void keyOfAnotherCertificate() {
    home.copy("other-key.pem", "conf/tls/key.pem");
    assertThat(problemsWithTls())
        .containsExactly(
            "conf/postrider.xml:4: the TLS key 'conf/tls/key.pem' does not belong to the"
                + " certificate 'conf/tls/cert.pem'; "
                + TlsFiles.ADVICE);
  }

  @Test
  void keyThatIsNoKey() {
    home.copy("cert.pem", "conf/tls/key.pem");
    assertThat(problemsWithTls())
        .containsExactly(
            "conf/postrider.xml:4: the TLS files 'conf/tls/cert.pem' and 'conf/tls/key.pem' can't"
                + " be used: the key file has no line '-----BEGIN PRIVATE KEY-----'; "
                + TlsFiles.ADVICE);
  }

  private List<String> problemsWithTls() {
    return problems(
        "<postrider>",
        NAME,
        "<listeners><listener name=\"smtp\" protocol=\"smtp\" port=\"0\" tls=\"starttls\"/></listeners>",
        "<tls/>",
        "</postrider>");
  }

  @Test
  void pipelineFileMissing() {
    assertThat(
            problems(
                "<postrider>", NAME, DOORS, "<pipeline file=\"conf/pipes.xml\"/>", "</postrider>"))
        .containsExactly(
            "conf/postrider.xml:4: the pipeline file 'conf/pipes.xml' is missing or can't be read;"
                + " 'postrider init' writes one");
  }

  @Test
  void configurationMissing() {
    assertThat(new ConfigReader(Map.of()).read(directory))
        .isInstanceOfSatisfying(
            ConfigResult.Invalid.class,
            invalid ->
                assertThat(invalid.problems())
                    .extracting(Object::toString)
                    .containsExactly(
                        "conf/postrider.xml: the file is missing; 'postrider init' writes one"));
  }

  @Test
  void notXml() {
    assertThat(problems("<postrider>", NAME, "<dns>", "</postrider>"))
        .singleElement()
        .asString()
        .startsWith("conf/postrider.xml:4: not well-formed XML: ");
  }

  @Test
  void entitiesCanNotReadFiles() throws IOException {
    Path secret = Files.writeString(directory.resolve("secret"), "mail.secret.test");
    assertThat(
            problems(
                "<?xml version=\"1.0\"?>",
                "<!DOCTYPE postrider [<!ENTITY x SYSTEM \"" + secret.toUri() + "\">]>",
                "<postrider><hostname>&x;</hostname>" + DOORS + "</postrider>"))
        .containsExactly(
            "conf/postrider.xml:2: a DOCTYPE is not allowed; remove it; entities are not"
                + " supported");
  }

  @Test
  void entitiesCanNotGrow() {
    assertThat(
            problems(
                "<!DOCTYPE p [<!ENTITY a \"aaaa\"><!ENTITY b \"&a;&a;&a;&a;\">]>",
                "<postrider>&b;</postrider>"))
        .containsExactly(
            "conf/postrider.xml:1: a DOCTYPE is not allowed; remove it; entities are not"
                + " supported");
  }

  @Test
  void onlyTheEnvironmentIsLookedUp() {
    assertThat(
            problems(
                "<postrider>",
                "<hostname>${sys:user.name}</hostname>",
                DOORS,
                "<dns servers=\"${env:NO_SUCH_VARIABLE}\"/>",
                "<domains><domain>${file:UTF-8:/etc/hostname}</domain></domains>",
                "<logging directory=\"${env:LOOP}\"/>",
                "</postrider>"))
        .contains(
            "conf/postrider.xml:2: '${sys:user.name}' is not a placeholder that is known; write"
                + " ${env:NAME:-default}",
            "conf/postrider.xml:4: the environment variable NO_SUCH_VARIABLE is not set; set it,"
                + " or write ${env:NO_SUCH_VARIABLE:-default}",
            "conf/postrider.xml:5: '${file:UTF-8:/etc/hostname}' is not a placeholder that is"
                + " known; write ${env:NAME:-default}");
  }

  @Test
  void nestingHasAnEnd() {
    assertThat(problemsOf("<postrider>" + "<a>".repeat(100_000)))
        .containsExactly(
            "conf/postrider.xml:1: not well-formed XML: elements are nested more than 64 deep");
  }

  @Test
  void allProblemsAreToldAtOnceInTheOrderOfTheFile() {
    assertThat(
            problems(
                "<postrider>",
                "<hostname>[192.0.2.1]</hostname>",
                "<listeners>",
                "<listener protocol=\"smtp\" port=\"x\"/>",
                "</listeners>",
                "<login free-failures=\"-1\"/>",
                "<outbound retry=\"\"/>",
                "</postrider>"))
        .containsExactly(
            "conf/postrider.xml:2: <hostname>: '[192.0.2.1]' is an address, not the name of a host",
            "conf/postrider.xml:4: attribute 'name' of <listener> is missing; add name=\"…\"",
            "conf/postrider.xml:4: port 'x' of <listener> is not a number; write a whole number"
                + " from 0 to 65535",
            "conf/postrider.xml:6: free-failures '-1' of <login> is out of range; write a whole"
                + " number from 0 to 100000",
            "conf/postrider.xml:7: the retry schedule is empty; write retry=\"2m, 15m, 1h, 4h\"");
  }
}
