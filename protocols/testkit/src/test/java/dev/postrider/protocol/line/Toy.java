package dev.postrider.protocol.line;

import java.io.IOException;
import java.io.OutputStream;
import java.time.Duration;
import java.util.Locale;
import java.util.ServiceConfigurationError;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/** A protocol that uses everything the runner offers and nothing else. */
final class Toy implements Session<Toy.State, Toy.Ask, String> {
  record State(String remembered, String tls) {}

  /**
   * Questions, as text: ECHO x, KNOWN x and ODD (without a thread), BIG n, LATE n, WAIT, BREAK, and
   * CONTENT.
   */
  record Ask(String what) {}

  final CountDownLatch gate = new CountDownLatch(1);
  final CountDownLatch waiting = new CountDownLatch(1);
  final CountDownLatch ended = new CountDownLatch(1);
  final AtomicInteger closed = new AtomicInteger();
  final AtomicInteger contentHeld = new AtomicInteger();
  final AtomicInteger answers = new AtomicInteger();
  volatile ContentEnd lastEnd = ContentEnd.COMPLETE;

  Service<State, Ask, String> service(Pace pace) {
    return new Service<>(this, peer -> new Answers(), pace, "TOO MANY\r\n", "BANNED\r\n");
  }

  @Override
  public Step<State, Ask> open(Peer peer) {
    return line(
        new State("", peer.tls().map(TlsFacts::protocol).orElse("")),
        "HELLO " + peer.remote().getPort() + "\r\n");
  }

  @Override
  public boolean idle(State state) {
    return !state.remembered().equals("busy");
  }

  @Override
  public Step<State, Ask> on(State state, Input<String> input) {
    return switch (input) {
      case Input.Line<String> line -> command(state, line.text());
      case Input.Bad<String> bad -> line(state, "BAD " + bad.fault() + "\r\n");
      case Input.Answer<String> answer when answer.answer().equals("crash") ->
          throw new IllegalStateException("crashed as asked");
      case Input.Answer<String> answer -> line(state, answer.answer() + "\r\n");
      case Input.Failed<String> failed -> line(state, "FAILED\r\n");
      case Input.Skipped<String> skipped -> line(state, "SKIPPED\r\n");
      case Input.Secured<String> secured -> line(new State("", secured.tls().protocol()), "");
      case Input.TimedOut<String> slow -> close(state, "SLOW\r\n");
      case Input.Flooded<String> flooded -> close(state, "FLOOD\r\n");
      case Input.Heard<String> heard -> line(state, "HEARD " + heard.spoke() + "\r\n");
      case Input.Stopping<String> stopping -> close(state, "STOPPING\r\n");
    };
  }

  private Step<State, Ask> command(State state, String line) {
    String[] words = line.split(" ", 2);
    String rest = words.length > 1 ? words[1] : "";
    return switch (words[0].toUpperCase(Locale.ROOT)) {
      case "ECHO", "KNOWN", "ODD", "BIG", "LATE", "WAIT", "BREAK" ->
          new Step<>(state, "", new Next.Ask<>(new Ask(line)));
      case "HUSH" -> new Step<>(state, "", new Next.Listen<>(Duration.ofMillis(50)));
      case "SET" -> line(new State(rest, state.tls()), "OK\r\n");
      case "SHOW" -> line(state, "'" + state.remembered() + "' " + state.tls() + "\r\n");
      case "DATA" ->
          new Step<>(
              state,
              "GO\r\n",
              new Next.Receive<>(
                  new Framing.Dots(Long.parseLong(rest)), new Ask("CONTENT " + rest)));
      case "REFUSE" ->
          new Step<>(
              state, "GO\r\n", new Next.Receive<>(new Framing.Dots(100_000_000), new Ask("BREAK")));
      case "SKIP" -> new Step<>(state, "", new Next.Skip<>(Long.parseLong(rest)));
      case "TLS" -> new Step<>(state, "NOW\r\n", new Next.StartTls<>());
      case "QUIT" -> close(state, "BYE\r\n");
      default -> line(state, "WHAT\r\n");
    };
  }

  private static Step<State, Ask> line(State state, String reply) {
    return new Step<>(state, reply, new Next.ReadLine<>(64, Duration.ofSeconds(30)));
  }

  private static Step<State, Ask> close(State state, String reply) {
    return new Step<>(state, reply, new Next.Close<>());
  }

  private final class Answers implements Conversation<Ask, String> {
    @Override
    public @Nullable String answerAtOnce(Ask question) {
      if (question.what().equals("ODD")) {
        throw new IllegalStateException("broken as asked");
      }
      return question.what().startsWith("KNOWN ") ? question.what().substring(6) : null;
    }

    @Override
    public String answer(Ask question, Exchange exchange) throws Exception {
      answers.incrementAndGet();
      String[] words = question.what().split(" ", 2);
      return switch (words[0]) {
        case "ECHO" -> words[1];
        case "WAIT" -> {
          waiting.countDown();
          gate.await();
          yield "WAITED";
        }
        case "BIG" -> {
          byte[] block = new byte[1 << 16];
          for (long left = Long.parseLong(words[1]); left > 0; left -= block.length) {
            exchange.output().write(block, 0, (int) Math.min(left, block.length));
          }
          yield "DONE";
        }
        case "LATE" -> {
          OutputStream out = exchange.output();
          waiting.countDown();
          gate.await();
          byte[] block = new byte[1 << 16];
          for (long left = Long.parseLong(words[1]); left > 0; left -= block.length) {
            out.write(block, 0, (int) Math.min(left, block.length));
          }
          yield "DONE";
        }
        case "CONTENT" -> content(exchange);
        default -> {
          if (words.length > 1) {
            throw new ServiceConfigurationError(words[1]);
          }
          throw new IOException("broken as asked");
        }
      };
    }

    private String content(Exchange exchange) throws IOException {
      int[] octets = new int[1];
      ContentEnd end =
          exchange.content(
              (piece, length) -> {
                octets[0] += length;
                contentHeld.addAndGet(length);
                if (gate.getCount() > 0 && octets[0] > 1 << 20) {
                  waiting.countDown();
                  await();
                }
              });
      lastEnd = end;
      return octets[0] + " " + end;
    }

    private void await() {
      try {
        gate.await();
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
      }
    }

    @Override
    public void close() {
      closed.incrementAndGet();
      ended.countDown();
    }
  }
}
