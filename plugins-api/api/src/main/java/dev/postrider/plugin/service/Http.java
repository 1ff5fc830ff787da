package dev.postrider.plugin.service;

/**
 * Requests to HTTP servers. Never throws for what the network or the other side does.
 *
 * <p>Only {@code http} and {@code https}; certificates and names are verified. Redirects are not
 * followed: the answer with the status 3xx is the answer. The host looks the name up itself and
 * connects to nothing but an address that it has checked: loopback, private, link-local and other
 * special addresses are refused unless the admin allowed their network ({@code <http
 * allow-private="…"/>} in {@code conf/postrider.xml}).
 *
 * <p>Thread: any virtual thread; blocks until there is an answer, at most the request's deadline.
 * An interrupt ends the wait with {@link HttpAnswer.Failed} and stays set.
 *
 * @since 1.0
 */
public interface Http {

  /** Sends a request and waits for the whole answer. */
  HttpAnswer exchange(HttpRequest request);
}
