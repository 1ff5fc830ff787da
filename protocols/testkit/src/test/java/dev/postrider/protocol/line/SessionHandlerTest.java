package dev.postrider.protocol.line;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelOutboundHandlerAdapter;
import io.netty.channel.ChannelPromise;
import io.netty.channel.embedded.EmbeddedChannel;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.TimeUnit;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The runner on virtual time, questions answered when the test says so. */
class SessionHandlerTest {
  private final Toy toy = new Toy();
  private final Queue<Runnable> questions = new ArrayDeque<>();
  private final EmbeddedChannel channel = new EmbeddedChannel();
  private boolean answerAtOnce = true;

  @BeforeEach
  void open() {
    InetSocketAddress address = new InetSocketAddress(InetAddress.getLoopbackAddress(), 1);
    channel.freezeTime();
    channel.config().setAutoRead(false);
    channel
        .pipeline()
        .addLast(
            new SessionHandler<>(
                toy.service(new Pace(Duration.ofSeconds(5), Duration.ofSeconds(60), 1000)),
                new Peer(address, address, true, Optional.empty()),
                this::ask,
                null,
                false,
                UnaryOperator.identity()));
    channel.runPendingTasks();
    assertThat(replies()).isEqualTo("HELLO 1\r\n");
  }

  private void ask(Runnable question) {
    if (answerAtOnce) {
      question.run();
    } else {
      questions.add(question);
    }
  }

  private void send(String text) {
    channel.writeInbound(Unpooled.copiedBuffer(text, StandardCharsets.ISO_8859_1));
    channel.runPendingTasks();
  }

  private String replies() {
    StringBuilder all = new StringBuilder();
    ByteBuf buf = channel.readOutbound();
    while (buf != null) {
      all.append(buf.toString(StandardCharsets.UTF_8));
      buf.release();
      buf = channel.readOutbound();
    }
    return all.toString();
  }

  private void pass(long seconds) {
    channel.advanceTimeBy(seconds, TimeUnit.SECONDS);
    channel.runScheduledPendingTasks();
    channel.runPendingTasks();
  }

  @Test
  void aPipelinedGroupIsAnsweredInOneWrite() {
    send("ECHO a\r\nSET b\r\nSHOW\r\nECHO c\r\n");
    ByteBuf only = channel.readOutbound();
    assertThat(only.toString(StandardCharsets.UTF_8)).isEqualTo("a\r\nOK\r\n'b' \r\nc\r\n");
    only.release();
    assertThat(replies()).isEmpty();
  }

  @Test
  void whatIsKnownAtOnceNeedsNoOtherThread() {
    answerAtOnce = false;
    send("KNOWN a\r\nSET b\r\nKNOWN c\r\n");
    assertThat(questions).isEmpty();
    assertThat(replies()).isEqualTo("a\r\nOK\r\nc\r\n");
  }

  @Test
  void aFaultInAnAnswerAtOnceIsAFaultOfTheQuestionAndTheSessionGoesOn() {
    send("ODD\r\nECHO a\r\n");
    assertThat(replies()).isEqualTo("FAILED\r\na\r\n");
  }

  @Test
  void whileAQuestionIsOpenNothingElseHappens() {
    answerAtOnce = false;
    send("ECHO a\r\nSET b\r\nECHO c\r\n");
    assertThat(questions).hasSize(1);
    assertThat(replies()).isEmpty();
    pass(600);
    questions.remove().run();
    channel.runPendingTasks();
    assertThat(questions).hasSize(1);
    questions.remove().run();
    channel.runPendingTasks();
    assertThat(replies()).isEqualTo("a\r\nOK\r\nc\r\n");
  }

  @Test
  void aCommandHasItsTimeHoweverItTricklesIn() {
    for (int i = 0; i < 5; i++) {
      pass(5);
      send("x");
    }
    assertThat(replies()).isEmpty();
    pass(6);
    assertThat(replies()).isEqualTo("SLOW\r\n");
    assertThat(channel.isOpen()).isFalse();
  }

  @Test
  void eachCommandGetsItsTimeAnew() {
    for (int i = 0; i < 10; i++) {
      pass(29);
      send("SET x\r\n");
      assertThat(replies()).isEqualTo("OK\r\n");
    }
  }

  @Test
  void contentMustMakeProgressEveryMinute() {
    send("DATA 1000000\r\n");
    for (int i = 0; i < 3; i++) {
      send("x".repeat(998) + "\r\n");
      pass(60);
      assertThat(replies()).isEqualTo(i == 0 ? "GO\r\n" : "");
    }
    send("too little\r\n");
    pass(61);
    assertThat(replies()).isEqualTo("SLOW\r\n");
    assertThat(channel.isOpen()).isFalse();
    assertThat(toy.closed).hasValue(1);
  }

  @Test
  void smallContentCostsOneQuestionHoweverItArrives() {
    send("DATA 1000\r\nab");
    send("c\r");
    send("\n.\r");
    assertThat(toy.answers).hasValue(0);
    send("\nSHOW\r\n");
    assertThat(toy.answers).hasValue(1);
    assertThat(replies()).isEqualTo("GO\r\n5 COMPLETE\r\n'' \r\n");
  }

  @Test
  void contentThatNobodyWantsIsReadToItsEnd() {
    send("REFUSE\r\n" + "x".repeat(200_000));
    send("\r\nSET not a command\r\n.\r\nSHOW\r\n");
    assertThat(replies()).isEqualTo("GO\r\nFAILED\r\n'' \r\n");
  }

  @Test
  void farTooMuchContentEndsTheSession() {
    send("DATA 10\r\n");
    for (int i = 0; i < 40 && channel.isOpen(); i++) {
      send("x".repeat(30_000));
    }
    assertThat(replies()).isEqualTo("GO\r\nFLOOD\r\n");
    assertThat(channel.isOpen()).isFalse();
  }

  @Test
  void skippedOctetsAreNoCommands() {
    send("SKIP 9\r\nSET abc\r\nSHOW\r\n");
    assertThat(replies()).isEqualTo("SKIPPED\r\n'' \r\n");
  }

  @Test
  void aFailedQuestionIsAnswered() {
    send("BREAK\r\n");
    assertThat(replies()).isEqualTo("FAILED\r\n");
  }

  @Test
  void aQuestionThatFailsWithAnyErrorIsAnswered() {
    send("BREAK hard\r\n");
    assertThat(replies()).isEqualTo("FAILED\r\n");
  }

  @Test
  void aPeerThatLeavesMidQuestionIsForgottenAfterTheAnswer() {
    answerAtOnce = false;
    send("ECHO a\r\n");
    channel.close().syncUninterruptibly();
    channel.runPendingTasks();
    assertThat(toy.closed).hasValue(0);
    answerAtOnce = true;
    questions.remove().run();
    channel.runPendingTasks();
    assertThat(toy.closed).hasValue(1);
  }

  @Test
  void aSessionThatFailsIsClosedInsteadOfLeftHanging() {
    send("ECHO crash\r\n");
    assertThat(channel.isOpen()).isFalse();
    assertThat(toy.closed).hasValue(1);
  }

  @Test
  void repliesGoOutBeforeWhatAQuestionWrites() {
    send("SET x\r\nBIG 3\r\n");
    assertThat(replies()).isEqualTo("OK\r\n\0\0\0DONE\r\n");
  }

  /** Keeps what is written until the peer takes it. */
  private static final class Stuck extends ChannelOutboundHandlerAdapter {
    private final Queue<Runnable> held = new ArrayDeque<>();

    @Override
    public void write(ChannelHandlerContext ctx, Object message, ChannelPromise promise) {
      held.add(() -> ctx.write(message, promise));
    }

    void release() {
      held.forEach(Runnable::run);
      held.clear();
    }
  }

  @Test
  void whatWasWrittenBeforeAnEndHasTheTimeOfAnyWriting() {
    Stuck peer = new Stuck();
    channel.pipeline().addFirst(peer);
    send("BIG 3\r\nQUIT\r\n");
    pass(30);
    assertThat(channel.isOpen()).isTrue();
    peer.release();
    channel.flush();
    channel.runPendingTasks();
    assertThat(replies()).isEqualTo("\0\0\0DONE\r\nBYE\r\n");
    assertThat(channel.isOpen()).isFalse();
  }

  @Test
  void aPeerThatDoesNotTakeTheLastReplyIsCutInTheEnd() {
    channel.pipeline().addFirst(new Stuck());
    send("QUIT\r\n");
    pass(59);
    assertThat(channel.isOpen()).isTrue();
    pass(2);
    assertThat(channel.isOpen()).isFalse();
  }

  @Test
  void aSessionHearsWhetherThePeerSpeaksBeforeItsTurnAndKeepsWhatItSays() {
    send("HUSH\r\n");
    channel.advanceTimeBy(49, TimeUnit.MILLISECONDS);
    channel.runPendingTasks();
    assertThat(replies()).isEmpty();
    channel.advanceTimeBy(1, TimeUnit.MILLISECONDS);
    channel.runPendingTasks();
    assertThat(replies()).isEqualTo("HEARD false\r\n");

    send("HUSH\r\n");
    send("ECHO x\r\n");
    assertThat(replies()).isEqualTo("HEARD true\r\nx\r\n");
    send("HUSH\r\nECHO y\r\n");
    assertThat(replies()).isEqualTo("HEARD true\r\ny\r\n");
  }
}
