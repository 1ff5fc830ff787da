package dev.postrider.protocol.line;

import io.netty.buffer.ByteBufAllocator;
import io.netty.handler.ssl.SslContext;
import io.netty.handler.ssl.SslContextBuilder;
import io.netty.handler.ssl.SslHandler;
import io.netty.handler.ssl.SslProvider;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.PrivateKey;
import java.security.cert.X509Certificate;
import java.util.List;
import javax.net.ssl.SSLException;
import javax.net.ssl.SSLSession;

/**
 * The certificate and key of a listener, TLS 1.2 and 1.3. Each instance is a TLS context of its
 * own, so that a session ticket of one listener is worth nothing at another; make one per listener.
 */
public final class ServerTls {
  private final SslContext context;

  private ServerTls(SslContextBuilder builder) throws SSLException {
    this.context = builder.sslProvider(SslProvider.JDK).protocols("TLSv1.3", "TLSv1.2").build();
  }

  /**
   * Reads PEM files.
   *
   * @param chain the server's certificate first
   * @param key PKCS#8, not encrypted
   * @throws IOException if a file cannot be read or does not hold what it should
   */
  public static ServerTls of(Path chain, Path key) throws IOException {
    try (InputStream certificates = Files.newInputStream(chain);
        InputStream secret = Files.newInputStream(key)) {
      return new ServerTls(SslContextBuilder.forServer(certificates, secret));
    } catch (IllegalArgumentException e) {
      throw new IOException(
          "no certificate chain and PKCS#8 key in " + chain + " and " + key + ": " + e.getMessage(),
          e);
    }
  }

  /** Takes them from memory; the server's certificate first. */
  public static ServerTls of(List<X509Certificate> chain, PrivateKey key) throws SSLException {
    return new ServerTls(SslContextBuilder.forServer(key, chain.toArray(X509Certificate[]::new)));
  }

  SslHandler handler(ByteBufAllocator alloc) {
    return context.newHandler(alloc);
  }

  static TlsFacts facts(SslHandler handler) {
    SSLSession session = handler.engine().getSession();
    return new TlsFacts(session.getProtocol(), session.getCipherSuite());
  }
}
