package dev.postrider.protocol.line;

import io.netty.buffer.ByteBufAllocator;
import io.netty.handler.ssl.OpenSsl;
import io.netty.handler.ssl.SslContext;
import io.netty.handler.ssl.SslContextBuilder;
import io.netty.handler.ssl.SslHandler;
import io.netty.handler.ssl.SslProvider;
import io.netty.handler.ssl.util.InsecureTrustManagerFactory;
import java.security.cert.X509Certificate;
import java.util.Collection;
import javax.net.ssl.SSLException;
import org.jspecify.annotations.Nullable;

/**
 * How a client encrypts, TLS 1.2 and 1.3. Made ready at the first connection: the authorities of
 * the JDK take a while to read. Thread: any.
 */
public final class ClientTls {
  private final SslContextBuilder builder;
  private @Nullable SslContext context;

  private ClientTls(SslContextBuilder builder) {
    this.builder = builder;
  }

  private synchronized SslContext context() throws SSLException {
    SslContext made = context;
    if (made == null) {
      made = builder.build();
      context = made;
    }
    return made;
  }

  /**
   * Takes any certificate (RFC 7435): better than clear text, no protection from an active
   * attacker.
   */
  public static ClientTls opportunistic() {
    return new ClientTls(
        base()
            .trustManager(InsecureTrustManagerFactory.INSTANCE)
            // On by default since Netty 4.2; it would refuse the certificates of most mail hosts.
            .endpointIdentificationAlgorithm(null));
  }

  /** Takes a certificate that the JDK's authorities vouch for and that names the host. */
  public static ClientTls verified() {
    return new ClientTls(base().endpointIdentificationAlgorithm("HTTPS"));
  }

  /** Takes a certificate that names the host and that one of the given authorities vouches for. */
  public static ClientTls verified(Collection<X509Certificate> authorities) {
    return new ClientTls(
        base()
            .trustManager(authorities.toArray(X509Certificate[]::new))
            .endpointIdentificationAlgorithm("HTTPS"));
  }

  private static SslContextBuilder base() {
    return SslContextBuilder.forClient()
        .sslProvider(OpenSsl.isAvailable() ? SslProvider.OPENSSL : SslProvider.JDK)
        .protocols("TLSv1.3", "TLSv1.2");
  }

  /**
   * A handler for one connection, to be put first in its pipeline; the host also goes into SNI.
   * Blocks at the first call.
   *
   * @throws SSLException when there is no TLS to be had here, such as without readable authorities
   */
  public SslHandler handler(ByteBufAllocator alloc, String host, int port) throws SSLException {
    return context().newHandler(alloc, host, port);
  }
}
