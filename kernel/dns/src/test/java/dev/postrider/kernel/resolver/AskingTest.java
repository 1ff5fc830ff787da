package dev.postrider.kernel.resolver;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.InetSocketAddress;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executor;
import org.junit.jupiter.api.Test;
import org.xbill.DNS.Message;
import org.xbill.DNS.Name;
import org.xbill.DNS.SimpleResolver;
import org.xbill.DNS.Type;

class AskingTest {

  /** As dnsjava does while the JVM ends. */
  @Test
  void aResolverThatThrowsIsAnAnswerThatFails() throws Exception {
    SimpleResolver ending =
        new SimpleResolver(new InetSocketAddress("127.0.0.1", 53)) {
          @Override
          public CompletionStage<Message> sendAsync(Message query, Executor executor) {
            throw new IllegalStateException("Shutdown in progress");
          }
        };
    Answer answer =
        new Asking(ending, Runnable::run)
            .ask(new Question(Name.fromString("a.test."), Type.A))
            .join();
    assertThat(answer)
        .isEqualTo(Answer.failed("no answer for the A of a.test: Shutdown in progress"));
  }
}
