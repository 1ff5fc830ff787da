package dev.postrider.kernel.outbound;

import dev.postrider.plugin.Content;
import dev.postrider.plugin.Envelope;
import dev.postrider.plugin.Recipient;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;

/** Other hosts, as the test scripts them. Not for several threads. */
final class FakeHosts implements Transport {

  private final Map<String, String> down = new HashMap<>();
  private final Map<String, Reply> declining = new HashMap<>();
  private final Map<String, Reply> answers = new HashMap<>();
  private final Deque<String> breaks = new ArrayDeque<>();
  private Consumer<Envelope> whileSending = envelope -> {};
  boolean dsn;

  /** Whether a mail that breaks the connection is not answered at all. */
  boolean unheard;

  int mailsPerSession = Integer.MAX_VALUE;

  /** {@code connect mx.a.test}, {@code mail bob@a.test,carol@a.test}, {@code close mx.a.test}. */
  final List<String> seen = new ArrayList<>();

  /** Recipients that were taken, in order. */
  final List<String> taken = new ArrayList<>();

  static Reply reply(int code, String enhanced, String text) {
    return new Reply("mx.a.test", code, enhanced, text, "RCPT TO");
  }

  FakeHosts down(String host, String reason) {
    down.put(host, reason);
    return this;
  }

  FakeHosts up(String host) {
    down.remove(host);
    declining.remove(host);
    return this;
  }

  FakeHosts declining(String host, Reply reply) {
    declining.put(host, reply);
    return this;
  }

  FakeHosts answer(String recipient, Reply reply) {
    answers.put(recipient, reply);
    return this;
  }

  /** The next mail breaks the connection. */
  FakeHosts breakNext(String reason) {
    breaks.add(reason);
    return this;
  }

  FakeHosts whileSending(Consumer<Envelope> task) {
    whileSending = task;
    return this;
  }

  long connects() {
    return seen.stream().filter(each -> each.startsWith("connect ")).count();
  }

  @Override
  public Connected connect(Host host) {
    seen.add("connect " + host.name());
    if (down.containsKey(host.name())) {
      return new Connected.Unreachable(down.get(host.name()));
    }
    Reply unkind = declining.get(host.name());
    return unkind == null
        ? new Connected.Ready(new Session(host.name()))
        : new Connected.Declined(unkind);
  }

  private final class Session implements Channel {
    private final String host;
    private int mails;
    private boolean open = true;

    Session(String host) {
      this.host = host;
    }

    @Override
    public Transfer send(Envelope envelope, Content message) {
      seen.add("mail " + String.join(",", names(envelope)));
      whileSending.accept(envelope);
      Map<Recipient, Reply> replies = new LinkedHashMap<>();
      if (!breaks.isEmpty()) {
        open = false;
        return new Transfer(replies, Optional.of(breaks.remove()), dsn, unheard);
      }
      if (mails++ >= mailsPerSession) {
        open = false;
        Reply bye = new Reply(host, 421, "4.4.2", "Bye", "MAIL FROM");
        envelope.recipients().forEach(each -> replies.put(each, bye));
        return new Transfer(replies, Optional.of("the session ended early"), dsn, false);
      }
      for (Recipient each : envelope.recipients()) {
        Reply reply =
            answers.getOrDefault(
                each.toString(), new Reply(host, 250, "2.0.0", "queued as 1", "end of DATA"));
        replies.put(each, reply);
        if (reply.isPositive()) {
          taken.add(each.toString());
        }
      }
      return new Transfer(replies, Optional.empty(), dsn, false);
    }

    @Override
    public boolean reusable() {
      return open;
    }

    @Override
    public void close() {
      seen.add("close " + host);
    }
  }

  private static List<String> names(Envelope envelope) {
    return envelope.recipients().stream().map(Recipient::toString).toList();
  }
}
