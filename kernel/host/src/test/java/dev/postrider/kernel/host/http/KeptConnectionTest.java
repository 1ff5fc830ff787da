package dev.postrider.kernel.host.http;

import static org.assertj.core.api.Assertions.assertThat;

import dev.postrider.kernel.port.Timers;
import dev.postrider.plugin.Network;
import dev.postrider.plugin.service.HttpAnswer;
import dev.postrider.plugin.service.HttpRequest;
import dev.postrider.plugin.testkit.InMemoryDns;
import java.io.IOException;
import java.net.SocketException;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A connection is used again, but never so that one answer could be taken for another's. */
class KeptConnectionTest {

  private static final String EVIL = "HTTP/1.1 200 OK\r\nContent-Length: 4\r\n\r\nevil";

  /** Those for idle connections are kept for the test to run; deadlines are those of the clock. */
  private final class Held implements Timers {
    @Override
    public Runnable after(Duration delay, Runnable task) {
      if (delay.compareTo(Duration.ofSeconds(31)) > 0) {
        return timers.after(delay, task);
      }
      ends.add(task);
      delays.add(delay);
      return () -> ends.remove(task);
    }
  }

  private final RealTimers timers = new RealTimers();
  private final List<Runnable> ends = new CopyOnWriteArrayList<>();
  private final List<Duration> delays = new CopyOnWriteArrayList<>();
  private final InMemoryDns dns = new InMemoryDns().withAddress("hook.example.test", "127.0.0.1");
  private final GuardedHttp http =
      new GuardedHttp(dns, List.of(Network.parse("127.0.0.0/8")), new Held());

  @AfterEach
  void stop() {
    endAll();
    timers.close();
  }

  private void endAll() {
    ends.forEach(Runnable::run);
    ends.clear();
  }

  private static String ok(String body) {
    return "HTTP/1.1 200 OK\r\nContent-Length: " + body.length() + "\r\n\r\n" + body;
  }

  private static HttpRequest post(KeepingPeer peer) {
    URI uri = URI.create("http://hook.example.test:" + peer.port() + "/");
    return HttpRequest.post(uri, "text/plain", "hello").withDeadline(Duration.ofMinutes(1));
  }

  private static HttpRequest get(KeepingPeer peer) {
    URI uri = URI.create("http://hook.example.test:" + peer.port() + "/");
    return HttpRequest.get(uri).withDeadline(Duration.ofMinutes(1));
  }

  private String text(HttpRequest request) {
    HttpAnswer answer = http.exchange(request);
    assertThat(answer).isInstanceOf(HttpAnswer.Answered.class);
    return ((HttpAnswer.Answered) answer).text();
  }

  private static KeepingPeer numbering() throws IOException {
    return new KeepingPeer((connection, request) -> Optional.of(ok(connection + "." + request)));
  }

  @Test
  void requestsGoOverOneConnection() throws IOException {
    try (KeepingPeer peer = numbering()) {
      for (int i = 1; i <= 20; i++) {
        assertThat(text(i % 2 == 0 ? post(peer) : get(peer))).isEqualTo("1." + i);
      }
      assertThat(ends).hasSize(1);
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "HTTP/1.1 200 OK\r\nContent-Length: 2\r\nConnection: close\r\n\r\nok",
        "HTTP/1.1 200 OK\r\nContent-Length: 2\r\nConnection: keep-alive, Close\r\n\r\nok",
        "HTTP/1.1 200 OK\r\nContent-Length: 2\r\nKeep-Alive: timeout=1\r\n\r\nok",
        "HTTP/1.1 200 OK\r\nContent-Length: 2\r\nKeep-Alive: timeout=x\r\n\r\nok",
        "HTTP/1.0 200 OK\r\nContent-Length: 2\r\nConnection: keep-alive\r\n\r\nok",
        "HTTP/1.1 200 OK\nContent-Length: 2\r\n\r\nok",
        "HTTP/1.1 200 OK\r\nContent-Length: 2\n\r\nok",
        "HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\nok",
        "HTTP/1.1 200 OK\r\nContent-Length: 2\r\nContent-Length: 2\r\n\r\nok",
        "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n2\nok\r\n0\r\n\r\n",
        "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n2\r\nok\n0\r\n\r\n",
        "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n2\r\nok\r\n0\r\n\n",
        "HTTP/1.1 103 Early Hints\r\n\r\nHTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok",
        "HTTP/1.1 204 No Content\r\nContent-Length: 2\r\n\r\n",
        "HTTP/1.1 204 No Content\r\nTransfer-Encoding: chunked\r\n\r\n",
        "HTTP/1.1 304 Not Modified\r\n\r\n",
        "HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nokx",
        "HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok" + EVIL,
        "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n2\r\nok\r\n0\r\n\r\n" + EVIL,
        "HTTP/1.1 204 No Content\r\n\r\n" + EVIL
      })
  void whereTheEndIsInDoubtAnotherConnectionIsOpened(String first) throws IOException {
    try (KeepingPeer peer =
        new KeepingPeer((connection, _) -> Optional.of(connection == 1 ? first : ok("good")))) {
      text(post(peer));
      assertThat(ends).isEmpty();
      assertThat(text(post(peer))).isEqualTo("good");
      assertThat(peer.requests()).containsExactly(1, 2);
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n",
        "HTTP/1.1 200 OK\r\nContent-Length: 2\r\nConnection: Keep-Alive\r\n\r\nok",
        "HTTP/1.1 200 OK\r\nKeep-Alive: max=3, timeout=20\r\nContent-Length: 2\r\n\r\nok",
        "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n2;x=y\r\nok\r\n0\r\nT: t\r\n\r\n",
        "HTTP/1.1 204 No Content\r\n\r\n",
        "HTTP/1.1 204 No Content\r\nContent-Length: 0\r\n\r\n",
        "HTTP/1.1 500 Broken\r\nContent-Length: 2\r\n\r\nok"
      })
  void whereTheEndIsPlainItIsKept(String first) throws IOException {
    try (KeepingPeer peer =
        new KeepingPeer((_, request) -> Optional.of(request == 1 ? first : ok("good")))) {
      text(post(peer));
      assertThat(text(post(peer))).isEqualTo("good");
      assertThat(peer.requests()).containsExactly(1, 1);
      assertThat(delays.getFirst())
          .isEqualTo(Duration.ofSeconds(first.contains("timeout") ? 19 : 2));
    }
  }

  @Test
  void theAnswerToHeadIsTheLastOfItsConnection() throws IOException {
    try (KeepingPeer peer =
        new KeepingPeer((connection, _) -> Optional.of(ok(connection == 1 ? "" : "good")))) {
      HttpRequest get = get(peer);
      HttpRequest head =
          new HttpRequest("HEAD", get.uri(), List.of(), get.body(), get.deadline(), 100);
      assertThat(text(head)).isEmpty();
      assertThat(text(get)).isEqualTo("good");
    }
  }

  @Test
  void whatIsSaidWithoutBeingAskedIsNoAnswer() throws IOException {
    try (KeepingPeer peer = numbering()) {
      assertThat(text(post(peer))).isEqualTo("1.1");
      peer.say(1, EVIL);
      assertThat(text(post(peer))).isEqualTo("2.1");
      peer.say(2, "H");
      assertThat(text(get(peer))).isEqualTo("3.1");
    }
  }

  @Test
  void whatWasEndedMeanwhileIsNotUsed() throws IOException {
    try (KeepingPeer peer = numbering()) {
      assertThat(text(post(peer))).isEqualTo("1.1");
      peer.hangUp(1);
      assertThat(text(post(peer))).isEqualTo("2.1");
    }
  }

  @Test
  void anAnswerThatIsCutOffAnywhereIsNoneAlsoOnAKeptConnection() throws IOException {
    String whole =
        "HTTP/1.1 200 OK\r\nA: b\r\nTransfer-Encoding: chunked\r\n\r\n4\r\nlate\r\n0\r\n\r\n";
    for (int cut = 0; cut < whole.length(); cut++) {
      String begin = whole.substring(0, cut);
      try (KeepingPeer peer = cuttingOff(begin)) {
        assertThat(text(post(peer))).isEqualTo("first");
        assertThat(http.exchange(post(peer)))
            .as("cut at %d", cut)
            .isInstanceOf(HttpAnswer.Failed.class);
        assertThat(peer.connections()).as("nothing is posted twice").isEqualTo(1);
        assertThat(text(post(peer))).isEqualTo("good");
      }
      endAll();
    }
  }

  @Test
  void onlyWhatMayBeAskedTwiceAndWasNotAnsweredAtAllIsAskedAgain() throws IOException {
    try (KeepingPeer peer = cuttingOff("")) {
      assertThat(text(get(peer))).isEqualTo("first");
      assertThat(text(get(peer))).isEqualTo("good");
      assertThat(peer.requests()).containsExactly(1, 1, 2);
    }
    try (KeepingPeer peer = cuttingOff("H")) {
      assertThat(text(get(peer))).isEqualTo("first");
      assertThat(http.exchange(get(peer))).isInstanceOf(HttpAnswer.Failed.class);
      assertThat(peer.connections()).isEqualTo(1);
    }
    try (KeepingPeer peer = new KeepingPeer((_, _) -> Optional.empty())) {
      assertThat(http.exchange(get(peer))).isInstanceOf(HttpAnswer.Failed.class);
      assertThat(peer.connections()).as("a new one is not tried twice").isEqualTo(1);
    }
  }

  // Answers once, then a begin of an answer before the end, and well on other connections.
  private static KeepingPeer cuttingOff(String begin) throws IOException {
    KeepingPeer[] self = new KeepingPeer[1];
    self[0] =
        new KeepingPeer(
            (connection, request) -> {
              if (connection > 1) {
                return Optional.of(ok("good"));
              }
              if (request == 1) {
                return Optional.of(ok("first"));
              }
              try {
                self[0].say(1, begin);
              } catch (IOException e) {
                throw new IllegalStateException(e);
              }
              return Optional.empty();
            });
    return self[0];
  }

  @Test
  void anAnswerThatCameTooLateIsNobodys() throws IOException {
    GuardedHttp hasty = new GuardedHttp(dns, List.of(Network.parse("127.0.0.0/8")), timers);
    try (KeepingPeer peer =
        new KeepingPeer(
            (connection, request) -> Optional.of(request == 2 ? "" : ok("" + connection)))) {
      assertThat(hasty.exchange(post(peer))).isInstanceOf(HttpAnswer.Answered.class);
      HttpAnswer none = hasty.exchange(post(peer).withDeadline(Duration.ofMillis(100)));
      assertThat(none).isInstanceOf(HttpAnswer.Failed.class);
      try {
        peer.say(1, EVIL);
      } catch (SocketException e) {
        // It has seen already that nobody listens any more.
      }
      HttpAnswer next = hasty.exchange(post(peer));
      assertThat(((HttpAnswer.Answered) next).text()).isEqualTo("2");
    }
  }

  @Test
  void anotherAddressOfTheNameIsAnotherConnection() throws IOException {
    try (KeepingPeer peer = numbering()) {
      assertThat(text(post(peer))).isEqualTo("1.1");
      dns.without("hook.example.test").withAddress("hook.example.test", "127.0.0.2");
      assertThat(http.exchange(post(peer))).isInstanceOf(HttpAnswer.Failed.class);
      dns.without("hook.example.test").withAddress("hook.example.test", "10.0.0.1");
      assertThat(http.exchange(post(peer))).isInstanceOf(HttpAnswer.Failed.class);
      dns.without("hook.example.test").withAddress("hook.example.test", "127.0.0.1");
      assertThat(text(post(peer))).isEqualTo("1.2");
    }
  }

  @Test
  void itIsClosedAfterAWhile() throws Exception {
    try (KeepingPeer peer = numbering()) {
      assertThat(text(post(peer))).isEqualTo("1.1");
      assertThat(delays).containsExactly(Duration.ofSeconds(2));
      ends.getFirst().run();
      assertThat(text(post(peer))).isEqualTo("2.1");
    }
  }

  @Test
  void fewAreKept() throws Exception {
    int many = 2 * IdleConnections.PER_ORIGIN;
    CountDownLatch all = new CountDownLatch(many);
    try (KeepingPeer peer =
        new KeepingPeer(
            (_, request) -> {
              all.countDown();
              try {
                all.await();
              } catch (InterruptedException e) {
                throw new IllegalStateException(e);
              }
              return Optional.of(ok("" + request));
            })) {
      List<Thread> asking = new CopyOnWriteArrayList<>();
      for (int i = 0; i < many; i++) {
        asking.add(Thread.ofVirtual().start(() -> http.exchange(post(peer))));
      }
      for (Thread each : asking) {
        each.join();
      }
      assertThat(peer.connections()).isEqualTo(many);
      Awaitility.await().until(() -> ends.size() == IdleConnections.PER_ORIGIN);
    }
  }
}
