package dev.postrider.protocol.line;

import io.netty.buffer.ByteBufAllocator;
import io.netty.handler.ssl.ApplicationProtocolConfig;
import io.netty.handler.ssl.ClientAuth;
import io.netty.handler.ssl.IdentityCipherSuiteFilter;
import io.netty.handler.ssl.JdkSslContext;
import io.netty.handler.ssl.OpenSsl;
import io.netty.handler.ssl.OpenSslCachingX509KeyManagerFactory;
import io.netty.handler.ssl.SslContext;
import io.netty.handler.ssl.SslContextBuilder;
import io.netty.handler.ssl.SslHandler;
import io.netty.handler.ssl.SslProvider;
import java.io.IOException;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.PrivateKey;
import java.security.cert.CertificateException;
import java.security.cert.X509Certificate;
import java.util.List;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLException;
import javax.net.ssl.SSLSession;
import javax.net.ssl.X509TrustManager;

/**
 * The certificate and key of a listener, TLS 1.2 and 1.3, by BoringSSL where its native part loads,
 * else by the JDK. Each instance is a TLS context of its own, so that a session ticket of one
 * listener is worth nothing at another; make one per listener.
 */
public final class ServerTls {

  private static final String[] PROTOCOLS = {"TLSv1.3", "TLSv1.2"};

  /**
   * No client is asked for a certificate. Without this BoringSSL would be given all authorities of
   * the JDK, once per listener.
   */
  private static final X509TrustManager NO_CLIENT_CERTIFICATES =
      new X509TrustManager() {
        @Override
        public void checkClientTrusted(X509Certificate[] chain, String kind)
            throws CertificateException {
          throw new CertificateException("certificates of clients are not asked for");
        }

        @Override
        public void checkServerTrusted(X509Certificate[] chain, String kind)
            throws CertificateException {
          throw new CertificateException("this is a server");
        }

        @Override
        public X509Certificate[] getAcceptedIssuers() {
          return new X509Certificate[0];
        }
      };

  private volatile SslContext context;

  private ServerTls(SslContext context) {
    this.context = context;
  }

  /** Takes the server's certificate first, and its key. */
  public static ServerTls of(List<X509Certificate> chain, PrivateKey key) throws SSLException {
    try {
      // PKCS #12 would derive a key in 10,000 rounds to protect what never leaves the heap.
      KeyStore store = KeyStore.getInstance("JKS");
      store.load(null, null);
      char[] password = new char[0];
      store.setKeyEntry("server", key, password, chain.toArray(X509Certificate[]::new));
      KeyManagerFactory keys =
          KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
      if (OpenSsl.isAvailable()) {
        keys = new OpenSslCachingX509KeyManagerFactory(keys);
      }
      keys.init(store, password);
      return new ServerTls(OpenSsl.isAvailable() ? ofBoringSsl(keys) : ofJdk(keys));
    } catch (GeneralSecurityException | IOException e) {
      throw new SSLException("the certificate or the key can't be used: " + e.getMessage(), e);
    }
  }

  /** Handshakes that begin from now on show the certificate of the other one. Thread: any. */
  public void become(ServerTls other) {
    context = other.context;
  }

  private static SslContext ofBoringSsl(KeyManagerFactory keys) throws SSLException {
    return SslContextBuilder.forServer(keys)
        .sslProvider(SslProvider.OPENSSL)
        .trustManager(NO_CLIENT_CERTIFICATES)
        .protocols(PROTOCOLS)
        .build();
  }

  private static SslContext ofJdk(KeyManagerFactory keys) throws GeneralSecurityException {
    SSLContext context = SSLContext.getInstance("TLS");
    context.init(keys.getKeyManagers(), null, null);
    // Netty's builder for servers of this kind looks for Bouncy Castle, and where it is on the
    // class path loads all of it: a second of processor time at each start.
    return new JdkSslContext(
        context,
        false,
        null,
        IdentityCipherSuiteFilter.INSTANCE,
        ApplicationProtocolConfig.DISABLED,
        ClientAuth.NONE,
        PROTOCOLS,
        false);
  }

  SslHandler handler(ByteBufAllocator alloc) {
    return context.newHandler(alloc);
  }

  static TlsFacts facts(SslHandler handler) {
    SSLSession session = handler.engine().getSession();
    return new TlsFacts(session.getProtocol(), session.getCipherSuite());
  }
}
