package dev.postrider.kernel.host.http;

import dev.postrider.kernel.port.Timers;
import dev.postrider.plugin.Network;
import dev.postrider.plugin.service.Dns;
import dev.postrider.plugin.service.Http;
import dev.postrider.plugin.service.HttpAnswer;
import dev.postrider.plugin.service.HttpRequest;
import java.io.IOException;
import java.net.InetAddress;
import java.net.URI;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.function.Supplier;
import javax.net.ssl.SSLSocketFactory;

/**
 * HTTP for plugins that reaches only addresses which the admin meant to be reached. Name lookup,
 * check and connection are one step: the connection goes to the very address that was checked, and
 * one that was kept is only used where its address is among those of a new lookup (decision 0011).
 *
 * <p>Each request has a virtual thread of its own, so that the deadline and an interrupt of the
 * caller end it wherever it hangs.
 */
public final class GuardedHttp implements Http {

  private static final Set<String> IDEMPOTENT = Set.of("GET", "HEAD", "OPTIONS", "PUT", "DELETE");

  private final AddressGuard guard;
  private final Timers timers;
  private final Connector connector;
  private final IdleConnections idle;

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
    this.connector = new Connector(tls);
    this.idle = new IdleConnections(timers);
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
    try {
      Origin origin = Origin.of(request.uri());
      List<InetAddress> addresses = guard.addresses(origin.host());
      Optional<HttpConnection> kept = idle.take(origin, addresses);
      if (kept.isPresent()) {
        try {
          return over(kept.get(), request);
        } catch (IOException e) {
          // It may have ended while the request was on its way (RFC 9112 §9.3.1).
          if (kept.get().heard() || !IDEMPOTENT.contains(request.method())) {
            throw e;
          }
        }
      }
      return over(connector.open(origin, addresses, request.deadline()), request);
    } catch (IOException | RuntimeException e) {
      return failed(request, reason(e));
    }
  }

  private HttpAnswer over(HttpConnection connection, HttpRequest request) throws IOException {
    try {
      HttpAnswer answer = connection.exchange(request);
      idle.put(connection);
      return answer;
    } catch (IOException | RuntimeException e) {
      IdleConnections.close(connection);
      throw e;
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
