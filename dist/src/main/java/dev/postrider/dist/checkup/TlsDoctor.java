package dev.postrider.dist.checkup;

import dev.postrider.dist.home.Reasons;
import dev.postrider.kernel.host.config.ServerConfig;
import dev.postrider.kernel.host.config.TlsConfig;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.attribute.PosixFilePermission;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/** What is wrong with a certificate that works. */
final class TlsDoctor {

  private static final Duration SOON = Duration.ofDays(21);
  private static final int DNS_NAME = 2;

  private TlsDoctor() {}

  static List<String> warnings(ServerConfig config, InstantSource clock) {
    return config.tls().map(tls -> warnings(config, tls, clock)).orElseGet(List::of);
  }

  private static List<String> warnings(ServerConfig config, TlsConfig tls, InstantSource clock) {
    List<String> out = new ArrayList<>();
    try (InputStream in = Files.newInputStream(tls.certificate())) {
      var certificate =
          (X509Certificate) CertificateFactory.getInstance("X.509").generateCertificate(in);
      Instant end = certificate.getNotAfter().toInstant();
      if (end.isBefore(clock.instant())) {
        out.add("TLS: " + tls.certificate() + " expired at " + end);
      } else if (end.isBefore(clock.instant().plus(SOON))) {
        out.add("TLS: " + tls.certificate() + " expires at " + end);
      }
      if (certificate.getIssuerX500Principal().equals(certificate.getSubjectX500Principal())) {
        out.add(
            "TLS: "
                + tls.certificate()
                + " is self-signed; mail programs will ask whether to trust it");
      }
      if (!names(certificate).contains(config.hostName())) {
        out.add("TLS: " + tls.certificate() + " is not for the name " + config.hostName());
      }
      Set<PosixFilePermission> permissions = Files.getPosixFilePermissions(tls.key());
      if (permissions.contains(PosixFilePermission.OTHERS_READ)
          || permissions.contains(PosixFilePermission.GROUP_WRITE)) {
        out.add("TLS: others may read the key " + tls.key() + "; chmod 600 mends it");
      }
    } catch (IOException e) {
      out.add("TLS: " + Reasons.of(e));
    } catch (CertificateException e) {
      out.add("TLS: " + tls.certificate() + " holds no certificate: " + e.getMessage());
    }
    return out;
  }

  private static List<String> names(X509Certificate certificate) throws CertificateException {
    List<String> names = new ArrayList<>();
    Collection<List<?>> alternatives = certificate.getSubjectAlternativeNames();
    if (alternatives != null) {
      for (List<?> each : alternatives) {
        if (each.getFirst() instanceof Integer kind && kind == DNS_NAME) {
          names.add(String.valueOf(each.get(1)).toLowerCase(Locale.ROOT));
        }
      }
    }
    return names;
  }
}
