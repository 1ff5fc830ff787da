package dev.postrider.dist.server;

import dev.postrider.dist.home.Reasons;
import dev.postrider.dist.home.Refusal;
import dev.postrider.kernel.host.config.TlsConfig;
import dev.postrider.kernel.host.config.TlsIdentity;
import dev.postrider.protocol.line.ServerTls;
import java.io.IOException;
import java.security.GeneralSecurityException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** The certificate that the listeners of a server show. Thread: any. */
final class Certificates {

  private final List<ServerTls> contexts = new ArrayList<>();
  private Optional<TlsIdentity> shown = Optional.empty();

  /**
   * Reads the files that the next contexts are made of.
   *
   * @throws Refusal when they can't be used
   */
  synchronized void read(TlsConfig files) {
    shown = Optional.of(identity(files));
  }

  /**
   * A context for one listener: one each, so that a session ticket of one is worth nothing at
   * another. Empty where no certificate was read.
   */
  synchronized Optional<ServerTls> context() throws IOException {
    if (shown.isEmpty()) {
      return Optional.empty();
    }
    ServerTls context = ServerTls.of(shown.get().chain(), shown.get().key());
    contexts.add(context);
    return Optional.of(context);
  }

  /**
   * Prepares what is in these files for all listeners, and changes nothing yet.
   *
   * @return puts it in use; empty where they hold what is shown already, or no listener has TLS
   * @throws Refusal when they can't be used
   */
  synchronized Optional<Runnable> prepare(TlsConfig files) {
    TlsIdentity next = identity(files);
    if (contexts.isEmpty() || shown.filter(next::equals).isPresent()) {
      return Optional.empty();
    }
    List<ServerTls> fresh = new ArrayList<>();
    try {
      for (int i = 0; i < contexts.size(); i++) {
        fresh.add(ServerTls.of(next.chain(), next.key()));
      }
    } catch (IOException e) {
      throw new Refusal(Reasons.of(e));
    }
    return Optional.of(() -> use(next, fresh));
  }

  private synchronized void use(TlsIdentity next, List<ServerTls> fresh) {
    for (int i = 0; i < fresh.size(); i++) {
      contexts.get(i).become(fresh.get(i));
    }
    shown = Optional.of(next);
  }

  private static TlsIdentity identity(TlsConfig files) {
    try {
      return TlsIdentity.read(files);
    } catch (IOException e) {
      throw new Refusal("the TLS files can't be read: " + Reasons.of(e));
    } catch (GeneralSecurityException | IllegalArgumentException e) {
      throw new Refusal(
          "the TLS files %s and %s can't be used: %s"
              .formatted(files.certificate(), files.key(), e.getMessage()));
    }
  }
}
