package dev.postrider.kernel.host.http;

import dev.postrider.kernel.port.Timers;
import dev.postrider.plugin.Network;
import dev.postrider.plugin.service.Dns;
import dev.postrider.plugin.service.Http;
import dev.postrider.plugin.service.HttpAnswer;
import dev.postrider.plugin.service.HttpRequest;
import java.io.IOException;
import java.net.URI;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.function.Supplier;
import javax.net.ssl.SSLSocketFactory;

/**
 * HTTP for plugins that reaches only addresses which the admin meant to be reached. Name lookup,
 * check and connection are one step: the connection goes to the very address that was checked
 * (decision 0011).
 *
 * <p>Each request has a virtual thread of its own, so that the deadline and an interrupt of the
 * caller end it wherever it hangs.
 */
public final class GuardedHttp implements Http {

  private final AddressGuard guard;
  private final Timers timers;
  private final Supplier<SSLSocketFactory> tls;

  /**
   * With the certificates that the JVM trusts.
   *
   * @param allowPrivate special networks that may be reached
   */
  public GuardedHttp(Dns dns, List<Network> allowPrivate, Timers timers) {
    this(dns, allowPrivate, timers, () -> (SSLSocketFactory) SSLSocketFactory.getDefault());
  }

  /** With other trust. */
  GuardedHttp(Dns dns, List<Network> allowPrivate, Timers timers, Supplier<SSLSocketFactory> tls) {
    this.guard = new AddressGuard(dns, allowPrivate);
    this.timers = timers;
    this.tls = tls;
  }

  @Override
  public HttpAnswer exchange(HttpRequest request) {
    CompletableFuture<HttpAnswer> answer = new CompletableFuture<>();
    Runnable noDeadline =
        timers.after(
            request.deadline(),
            () ->
                answer.complete(
                    failed(request, "no answer within " + request.deadline().toMillis() + " ms")));
    Thread worker = Thread.ofVirtual().name("http").start(() -> answer.complete(ask(request)));
    try {
      return answer.get();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return failed(request, "the wait for the answer was interrupted");
    } catch (ExecutionException e) {
      throw new IllegalStateException("an answer that is only ever completed with a value", e);
    } finally {
      noDeadline.run();
      worker.interrupt();
    }
  }

  private HttpAnswer ask(HttpRequest request) {
    try (HttpConnection connection = HttpConnection.open(request, guard, tls)) {
      return connection.exchange();
    } catch (IOException | RuntimeException e) {
      return failed(request, reason(e));
    }
  }

  private static String reason(Exception e) {
    String text = e.getMessage();
    return text == null ? e.getClass().getSimpleName() : text;
  }

  // Path and query may hold what is nobody's business.
  private static HttpAnswer failed(HttpRequest request, String reason) {
    URI uri = request.uri();
    return new HttpAnswer.Failed(uri.getScheme() + "://" + uri.getRawAuthority() + ": " + reason);
  }
}
