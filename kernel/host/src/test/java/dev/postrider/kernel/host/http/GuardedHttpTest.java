package dev.postrider.kernel.host.http;

import static org.assertj.core.api.Assertions.assertThat;

import dev.postrider.plugin.Network;
import dev.postrider.plugin.service.Dns;
import dev.postrider.plugin.service.DnsAnswer;
import dev.postrider.plugin.service.HttpAnswer;
import dev.postrider.plugin.service.HttpRequest;
import dev.postrider.plugin.service.MxRecord;
import dev.postrider.plugin.testkit.InMemoryDns;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class GuardedHttpTest {

  private static final String OK = "HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok";
  private static final List<Network> LOOPBACK = List.of(Network.parse("127.0.0.0/8"));

  private final RealTimers timers = new RealTimers();
  private final InMemoryDns dns = new InMemoryDns().withAddress("hook.example.test", "127.0.0.1");

  @AfterEach
  void stop() {
    timers.close();
  }

  private HttpAnswer ask(List<Network> allowed, HttpRequest request) {
    return new GuardedHttp(dns, allowed, timers).exchange(request);
  }

  private HttpAnswer ask(String uri) {
    return ask(LOOPBACK, HttpRequest.get(URI.create(uri)));
  }

  private String reason(HttpAnswer answer) {
    assertThat(answer).isInstanceOf(HttpAnswer.Failed.class);
    return ((HttpAnswer.Failed) answer).reason();
  }

  private HttpAnswer.Answered answered(HttpAnswer answer) {
    assertThat(answer).isInstanceOf(HttpAnswer.Answered.class);
    return (HttpAnswer.Answered) answer;
  }

  private HttpAnswer askFor(String octets) throws Exception {
    try (ScriptedPeer peer = ScriptedPeer.answering(octets)) {
      URI uri = URI.create("http://hook.example.test:" + peer.port() + "/");
      return ask(LOOPBACK, HttpRequest.get(uri).withMaxAnswer(20));
    }
  }

  @Test
  void postsAndReadsTheAnswer() throws Exception {
    try (ScriptedPeer peer = ScriptedPeer.answering(OK)) {
      URI uri = URI.create("http://hook.example.test:" + peer.port() + "/a%20b?c=d");
      HttpRequest request =
          HttpRequest.post(uri, "text/plain", "hello").withHeader("Authorization", "Bearer x");
      HttpAnswer.Answered answer = answered(ask(LOOPBACK, request));
      assertThat(answer.status()).isEqualTo(200);
      assertThat(answer.text()).isEqualTo("ok");
      assertThat(answer.header("content-length")).contains("2");
      assertThat(peer.heads())
          .containsExactly(
              "POST /a%20b?c=d HTTP/1.1\r\nHost: hook.example.test:"
                  + peer.port()
                  + "\r\nContent-Length: 5\r\nContent-Type: text/plain\r\n"
                  + "Authorization: Bearer x\r\n\r\nhello");
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "127.0.0.1",
        "2130706433",
        "[::1]",
        "[::ffff:127.0.0.1]",
        "[::127.0.0.1]",
        "[64:ff9b::7f00:1]",
        "169.254.169.254",
        "10.0.0.1",
        "192.168.0.1",
        "[fe80::1]",
        "[fd00::1]",
        "0.0.0.0",
        "hook.example.test"
      })
  void nothingIsConnectedToInsideUnlessAllowed(String host) throws Exception {
    try (ScriptedPeer peer = ScriptedPeer.answering(OK)) {
      HttpRequest request =
          HttpRequest.get(URI.create("http://" + host + ":" + peer.port() + "/"))
              .withDeadline(Duration.ofSeconds(2));
      assertThat(reason(ask(List.of(), request)))
          .containsAnyOf("is not one of the public Internet", "its name does not exist");
      assertThat(peer.heads()).isEmpty();
    }
  }

  @Test
  void oneAddressInsideSpoilsTheName() {
    dns.withAddress("mixed.example.test", "198.51.100.1")
        .withAddress("mixed.example.test", "10.0.0.1");
    assertThat(reason(ask("http://mixed.example.test/"))).contains("10.0.0.1");
  }

  @Test
  void theNameIsLookedUpOnce() throws Exception {
    AtomicInteger lookups = new AtomicInteger();
    Dns rebinding = new Rebinding(lookups);
    try (ScriptedPeer peer = ScriptedPeer.answering(OK)) {
      URI uri = URI.create("http://rebinding.example.test:" + peer.port() + "/");
      HttpAnswer answer =
          new GuardedHttp(rebinding, List.of(Network.parse("127.0.0.1")), timers)
              .exchange(HttpRequest.get(uri));
      assertThat(answered(answer).text()).isEqualTo("ok");
      assertThat(lookups).hasValue(1);
    }
  }

  /** Leads to the allowed 127.0.0.1 at first, to another address inside from then on. */
  private record Rebinding(AtomicInteger lookups) implements Dns {
    @Override
    public DnsAnswer<InetAddress> addresses(String host) {
      String address = lookups.getAndIncrement() == 0 ? "127.0.0.1" : "127.0.0.2";
      return new DnsAnswer.Found<>(List.of(InetAddress.ofLiteral(address)), false);
    }

    @Override
    public DnsAnswer<MxRecord> mx(String domain) {
      return new DnsAnswer.NoData<>();
    }

    @Override
    public DnsAnswer<String> txt(String name) {
      return new DnsAnswer.NoData<>();
    }

    @Override
    public DnsAnswer<String> reverse(InetAddress address) {
      return new DnsAnswer.NoData<>();
    }
  }

  @Test
  void aRedirectIsAnAnswerAndIsNotFollowed() throws Exception {
    String redirect =
        "HTTP/1.1 302 Found\r\nLocation: http://127.0.0.1:1/\r\nContent-Length: 0\r\n\r\n";
    assertThat(answered(askFor(redirect)).status()).isEqualTo(302);
  }

  @Test
  void chunksAreJoined() throws Exception {
    String chunked =
        "HTTP/1.1 100 Continue\r\n\r\nHTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n"
            + "3;x=y\r\nabc\r\n2\r\nde\r\n0\r\nTrailer: t\r\n\r\n";
    assertThat(answered(askFor(chunked)).text()).isEqualTo("abcde");
  }

  @Test
  void anAnswerWithoutLengthEndsWithTheConnection() throws Exception {
    assertThat(answered(askFor("HTTP/1.0 200 OK\r\n\r\nabc")).text()).isEqualTo("abc");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "HTTP/1.1 200",
        "SSH-2.0-OpenSSH_9\r\n\r\n",
        "HTTP/1.1 999 OK\r\n\r\n",
        "HTTP/1.1 101 Switching\r\n\r\n",
        "HTTP/1.1 200 OK\r\nContent-Length: 5\r\n\r\nabc",
        "HTTP/1.1 200 OK\r\nContent-Length: 3\r\nContent-Length: 4\r\n\r\nabcd",
        "HTTP/1.1 200 OK\r\nContent-Length: -1\r\n\r\nabcd",
        "HTTP/1.1 200 OK\r\nContent-Length: 3\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n",
        "HTTP/1.1 200 OK\r\nTransfer-Encoding: gzip\r\n\r\nabc",
        "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\nzz\r\nabc",
        "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n3\r\nabcdef\r\n0\r\n\r\n",
        "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n3\r\nabc\r\n",
        "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\nffffffff\r\nabc",
        "HTTP/1.1 200 OK\r\nContent-Length: 21\r\n\r\n123456789012345678901",
        "HTTP/1.1 200 OK\r\nContent-Length: 99999999999999\r\n\r\n1",
        "HTTP/1.1 200 OK\r\n\r\n123456789012345678901",
        "HTTP/1.1 200 OK\r\nNo colon\r\n\r\n",
        "HTTP/1.1 200 OK\r\nA: b\r\n folded\r\n\r\n",
        "HTTP/1.1 200 OK\r\n"
      })
  void nonsenseAndTooMuchAreNoAnswer(String octets) throws Exception {
    assertThat(reason(askFor(octets))).startsWith("http://hook.example.test:");
  }

  @Test
  void endlessHeadsAreNoAnswer() throws Exception {
    assertThat(reason(askFor("HTTP/1.1 100 Continue\r\n\r\n".repeat(20)))).contains("interim");
    assertThat(reason(askFor("HTTP/1.1 200 OK\r\nX: " + "y".repeat(70_000)))).contains("head");
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "HTTP/1.1 200 OK\r\n", OK + "x", "HTTP/1.1 200 OK\r\n\r\nabc"})
  void theDeadlineEndsAnAnswerThatDoesNotEnd(String begin) throws Exception {
    try (ScriptedPeer peer = ScriptedPeer.stallingAfter(begin)) {
      URI uri = URI.create("http://hook.example.test:" + peer.port() + "/");
      HttpRequest request = HttpRequest.get(uri);
      if (begin.startsWith(OK)) {
        HttpAnswer answer = ask(LOOPBACK, request.withDeadline(Duration.ofMinutes(1)));
        assertThat(answered(answer).text()).isEqualTo("ok");
      } else {
        HttpAnswer answer = ask(LOOPBACK, request.withDeadline(Duration.ofMillis(200)));
        assertThat(reason(answer)).contains("no answer within 200 ms");
      }
    }
  }

  @Test
  void anInterruptEndsTheWaitAndStaysSet() throws Exception {
    try (ScriptedPeer peer = ScriptedPeer.stallingAfter("")) {
      URI uri = URI.create("http://hook.example.test:" + peer.port() + "/");
      HttpRequest request = HttpRequest.get(uri).withDeadline(Duration.ofMinutes(1));
      AtomicReference<HttpAnswer> answer = new AtomicReference<>();
      AtomicReference<Boolean> stillSet = new AtomicReference<>(false);
      Thread caller =
          Thread.ofVirtual()
              .start(
                  () -> {
                    answer.set(ask(LOOPBACK, request));
                    stillSet.set(Thread.interrupted());
                  });
      caller.interrupt();
      caller.join();
      assertThat(reason(answer.get())).contains("interrupted");
      assertThat(stillSet).hasValue(true);
    }
  }

  @Test
  void aRefusedConnectionIsAReasonWithoutThePath() throws Exception {
    int port;
    // Nobody waits in accept, which would keep the port open for a moment.
    try (ServerSocket door = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      port = door.getLocalPort();
    }
    String reason = reason(ask("http://hook.example.test:" + port + "/secret?key=1"));
    assertThat(reason).contains("can't connect to 127.0.0.1").doesNotContain("secret");
  }

  @Test
  void namesThatLeadNowhere() {
    dns.failing("broken.example.test", "SERVFAIL").withName("empty.example.test");
    assertThat(reason(ask("http://unknown.example.test/"))).endsWith("its name does not exist");
    assertThat(reason(ask("http://empty.example.test/"))).endsWith("its name has no address");
    assertThat(reason(ask("http://broken.example.test/"))).endsWith("SERVFAIL");
  }
}
