package dev.postrider.kernel.resolver;

import com.github.benmanes.caffeine.cache.AsyncCache;
import com.github.benmanes.caffeine.cache.Caffeine;
import com.github.benmanes.caffeine.cache.Expiry;
import com.github.benmanes.caffeine.cache.Ticker;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;

/** Answers by question, each as long as its TTL; a question is asked once at a time. */
final class AnswerCache {

  private final AsyncCache<Question, Answer> cache;

  AnswerCache(int entries, Ticker ticker) {
    this.cache =
        Caffeine.newBuilder()
            .maximumSize(entries)
            .ticker(ticker)
            .executor(Runnable::run)
            .expireAfter(
                Expiry.<Question, Answer>creating(
                    (question, answer) -> Duration.ofSeconds(answer.seconds())))
            .buildAsync();
  }

  Answer answer(
      Question question, Duration timeout, Function<Question, CompletableFuture<Answer>> asking) {
    CompletableFuture<Answer> coming =
        cache.get(question, (asked, executor) -> asking.apply(asked));
    return coming
        .copy()
        .completeOnTimeout(
            Answer.failed(
                "no answer for the " + question + " within " + timeout.toMillis() + " ms"),
            timeout.toMillis(),
            TimeUnit.MILLISECONDS)
        .join();
  }
}
