package dev.postrider.kernel.credentials;

import dev.postrider.kernel.directory.PasswordHash;
import dev.postrider.kernel.directory.Passwords;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.util.Optional;
import java.util.concurrent.Semaphore;
import org.bouncycastle.crypto.generators.Argon2BytesGenerator;
import org.bouncycastle.crypto.params.Argon2Parameters;

/**
 * argon2id (RFC 9106). A hash that can't be read matches nothing and takes as long as one that can.
 * Passwords are brought into one form by {@link Passwords#prepared} first. No more hashes than set
 * are computed at a time, so that a storm of logins can't take the heap; the others wait.
 *
 * <p>Thread: any but an event loop.
 */
public final class Argon2PasswordHash implements PasswordHash {

  private static final int SALT_OCTETS = 16;
  private static final int HASH_OCTETS = 32;

  private final Argon2Settings settings;
  private final SecureRandom random;
  private final Semaphore places;

  /** New hashes cost what the settings say. */
  public Argon2PasswordHash(Argon2Settings settings, SecureRandom random) {
    this.settings = settings;
    this.random = random;
    this.places = new Semaphore(settings.concurrent(), true);
  }

  /**
   * {@inheritDoc}
   *
   * @throws IllegalArgumentException when {@link Passwords#prepared} finds it is no password
   */
  @Override
  public String hash(String password) {
    String prepared =
        Passwords.prepared(password)
            .orElseThrow(
                () ->
                    new IllegalArgumentException(
                        "a password has 1 to "
                            + Passwords.MAX_OCTETS
                            + " octets and no control characters"));
    return computed(prepared, fresh()).toString();
  }

  @Override
  public boolean matches(String password, String hash) {
    Optional<String> prepared = Passwords.prepared(password);
    Optional<PhcString> stored = PhcString.parse(hash);
    PhcString computed = computed(prepared.orElse(""), stored.orElseGet(this::fresh));
    return stored.isPresent()
        && prepared.isPresent()
        && MessageDigest.isEqual(computed.hash(), stored.get().hash());
  }

  private PhcString fresh() {
    byte[] salt = new byte[SALT_OCTETS];
    random.nextBytes(salt);
    return new PhcString(
        settings.memoryKib(), settings.passes(), settings.lanes(), salt, new byte[HASH_OCTETS]);
  }

  /** The same costs and salt with the hash of this password. */
  private PhcString computed(String password, PhcString costs) {
    byte[] hash = new byte[costs.hash().length];
    places.acquireUninterruptibly();
    try {
      Argon2BytesGenerator generator = new Argon2BytesGenerator();
      generator.init(
          new Argon2Parameters.Builder(Argon2Parameters.ARGON2_id)
              .withVersion(Argon2Parameters.ARGON2_VERSION_13)
              .withMemoryAsKB(costs.memoryKib())
              .withIterations(costs.passes())
              .withParallelism(costs.lanes())
              .withSalt(costs.salt())
              .build());
      generator.generateBytes(password.getBytes(StandardCharsets.UTF_8), hash);
    } finally {
      places.release();
    }
    return new PhcString(costs.memoryKib(), costs.passes(), costs.lanes(), costs.salt(), hash);
  }
}
