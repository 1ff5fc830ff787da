package dev.postrider.kernel.directory;

import dev.postrider.kernel.guard.ClientNetwork;
import java.net.InetAddress;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.Map;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * Remembers passwords that were right a moment ago, so that a client that comes every minute does
 * not cost a slow hash each time. The key is a keyed digest over account, stored hash and password,
 * each with its length, so that a changed password or another account never meets an old entry;
 * passwords themselves are not kept. Thread: any.
 */
final class LoginCache {

  private static final String ALGORITHM = "HmacSHA256";

  private final InstantSource clock;
  private final Duration lifetime;
  private final SecretKeySpec key;
  private final LinkedHashMap<String, Instant> validUntil;
  private final LinkedHashMap<String, String> mistakes;

  LoginCache(InstantSource clock, Duration lifetime, int limit) {
    this.clock = clock;
    this.lifetime = lifetime;
    byte[] secret = new byte[32];
    new SecureRandom().nextBytes(secret);
    this.key = new SecretKeySpec(secret, ALGORITHM);
    this.validUntil =
        new LinkedHashMap<>() {
          @Override
          protected boolean removeEldestEntry(Map.Entry<String, Instant> eldest) {
            return size() > limit;
          }
        };
    this.mistakes =
        new LinkedHashMap<>() {
          @Override
          protected boolean removeEldestEntry(Map.Entry<String, String> eldest) {
            return size() > limit;
          }
        };
  }

  /** Whether this wrong password is another than the last one for this name from there. */
  boolean isNewMistake(InetAddress client, String name, String password) {
    String digest = digest(name, "", password);
    synchronized (mistakes) {
      return !digest.equals(mistakes.putLast(ClientNetwork.of(client) + " " + name, digest));
    }
  }

  boolean holds(String account, String hash, String password) {
    String digest = digest(account, hash, password);
    Instant now = clock.instant();
    synchronized (validUntil) {
      Instant until = validUntil.get(digest);
      if (until != null && !now.isBefore(until)) {
        validUntil.remove(digest);
      }
      return until != null && now.isBefore(until);
    }
  }

  void remember(String account, String hash, String password) {
    String digest = digest(account, hash, password);
    synchronized (validUntil) {
      validUntil.putLast(digest, clock.instant().plus(lifetime));
    }
  }

  private String digest(String name, String hash, String password) {
    try {
      Mac mac = Mac.getInstance(ALGORITHM);
      mac.init(key);
      add(mac, name);
      add(mac, hash);
      add(mac, password);
      return HexFormat.of().formatHex(mac.doFinal());
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("every JDK has " + ALGORITHM, e);
    }
  }

  private static void add(Mac mac, String text) {
    byte[] octets = text.getBytes(StandardCharsets.UTF_8);
    mac.update(ByteBuffer.allocate(4).putInt(octets.length).flip());
    mac.update(octets);
  }
}
