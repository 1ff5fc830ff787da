package dev.postrider.kernel.host.http;

import static org.assertj.core.api.Assertions.assertThat;

import dev.postrider.plugin.Network;
import dev.postrider.plugin.service.HttpAnswer;
import dev.postrider.plugin.service.HttpRequest;
import dev.postrider.plugin.testkit.InMemoryDns;
import java.io.InputStream;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyStore;
import java.util.List;
import java.util.Optional;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;
import org.junit.jupiter.api.io.TempDir;

/** The checked address is connected to, the name is verified. */
@TestInstance(Lifecycle.PER_CLASS)
class HttpsTest {

  private static final char[] PASSWORD = "password".toCharArray();
  private static final String OK = "HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok";

  @TempDir static Path folder;
  private final InMemoryDns dns =
      new InMemoryDns()
          .withAddress("hook.example.test", "127.0.0.1")
          .withAddress("other.example.test", "127.0.0.1");
  private SSLContext server;
  private SSLContext client;

  @BeforeAll
  void makeCertificate() throws Exception {
    Path file = folder.resolve("keys.p12");
    Process keytool =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "keytool").toString(),
                "-genkeypair",
                "-keyalg",
                "EC",
                "-dname",
                "CN=hook.example.test",
                "-ext",
                "SAN=dns:hook.example.test",
                "-keystore",
                file.toString(),
                "-storepass",
                new String(PASSWORD))
            .redirectErrorStream(true)
            .start();
    String output = new String(keytool.getInputStream().readAllBytes());
    assertThat(keytool.waitFor()).as(output).isZero();
    KeyStore keys = KeyStore.getInstance("PKCS12");
    try (InputStream in = Files.newInputStream(file)) {
      keys.load(in, PASSWORD);
    }
    KeyManagerFactory own = KeyManagerFactory.getInstance("PKIX");
    own.init(keys, PASSWORD);
    server = SSLContext.getInstance("TLS");
    server.init(own.getKeyManagers(), null, null);
    KeyStore trusted = KeyStore.getInstance("PKCS12");
    trusted.load(null, null);
    trusted.setCertificateEntry("hook", keys.getCertificate(keys.aliases().nextElement()));
    TrustManagerFactory trust = TrustManagerFactory.getInstance("PKIX");
    trust.init(trusted);
    client = SSLContext.getInstance("TLS");
    client.init(null, trust.getTrustManagers(), null);
  }

  private HttpAnswer ask(String host, SSLContext trust) throws Exception {
    try (ScriptedPeer peer = ScriptedPeer.answeringOver(server.getServerSocketFactory(), OK)) {
      URI uri = URI.create("https://" + host + ":" + peer.port() + "/");
      List<Network> loopback = List.of(Network.parse("127.0.0.1"));
      try (RealTimers timers = new RealTimers()) {
        return new GuardedHttp(dns, loopback, timers, trust::getSocketFactory)
            .exchange(HttpRequest.get(uri));
      }
    }
  }

  @Test
  void theCertificateOfTheNameIsAccepted() throws Exception {
    assertThat(ask("hook.example.test", client))
        .isInstanceOfSatisfying(
            HttpAnswer.Answered.class, answer -> assertThat(answer.text()).isEqualTo("ok"));
  }

  @Test
  void theCertificateOfAnotherNameIsNot() throws Exception {
    assertThat(ask("other.example.test", client))
        .isInstanceOfSatisfying(
            HttpAnswer.Failed.class,
            answer -> assertThat(answer.reason()).contains("other.example.test"));
    assertThat(ask("127.0.0.1", client)).isInstanceOf(HttpAnswer.Failed.class);
  }

  @Test
  void anUntrustedCertificateIsNot() throws Exception {
    assertThat(ask("hook.example.test", SSLContext.getDefault()))
        .isInstanceOf(HttpAnswer.Failed.class);
  }

  @Test
  void aConnectionServesSeveralRequests() throws Exception {
    try (KeepingPeer peer =
            new KeepingPeer(server.getServerSocketFactory(), (_, _) -> Optional.of(OK));
        RealTimers timers = new RealTimers()) {
      URI uri = URI.create("https://hook.example.test:" + peer.port() + "/");
      GuardedHttp http =
          new GuardedHttp(
              dns, List.of(Network.parse("127.0.0.1")), timers, client::getSocketFactory);
      for (int i = 0; i < 3; i++) {
        assertThat(http.exchange(HttpRequest.get(uri))).isInstanceOf(HttpAnswer.Answered.class);
      }
      assertThat(peer.requests()).containsExactly(1, 1, 1);
      peer.say(1, OK);
      assertThat(http.exchange(HttpRequest.get(uri))).isInstanceOf(HttpAnswer.Answered.class);
      assertThat(peer.connections()).isEqualTo(2);
    }
  }
}
