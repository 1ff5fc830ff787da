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

/** How a client encrypts, TLS 1.2 and 1.3. */
public final class ClientTls {
  private final SslContext context;

  private ClientTls(SslContext context) {
    this.context = context;
  }

  /**
   * Takes any certificate (RFC 7435): better than clear text, no protection from an active
   * attacker.
   */
  public static ClientTls opportunistic() throws SSLException {
    return new ClientTls(
        base()
            .trustManager(InsecureTrustManagerFactory.INSTANCE)
            // On by default since Netty 4.2; it would refuse the certificates of most mail hosts.
            .endpointIdentificationAlgorithm(null)
            .build());
  }

  /** Takes a certificate that the JDK's authorities vouch for and that names the host. */
  public static ClientTls verified() throws SSLException {
    return new ClientTls(base().endpointIdentificationAlgorithm("HTTPS").build());
  }

  /** Takes a certificate that names the host and that one of the given authorities vouches for. */
  public static ClientTls verified(Collection<X509Certificate> authorities) throws SSLException {
    return new ClientTls(
        base()
            .trustManager(authorities.toArray(X509Certificate[]::new))
            .endpointIdentificationAlgorithm("HTTPS")
            .build());
  }

  private static SslContextBuilder base() {
    return SslContextBuilder.forClient()
        .sslProvider(OpenSsl.isAvailable() ? SslProvider.OPENSSL : SslProvider.JDK)
        .protocols("TLSv1.3", "TLSv1.2");
  }

  /** A handler for one connection, to be put first in its pipeline; the host also goes into SNI. */
  public SslHandler handler(ByteBufAllocator alloc, String host, int port) {
    return context.newHandler(alloc, host, port);
  }
}
