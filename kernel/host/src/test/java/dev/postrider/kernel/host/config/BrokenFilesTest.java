package dev.postrider.kernel.host.config;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class BrokenFilesTest extends ConfigurationFixture {

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
}
