package dev.postrider.protocol.admin;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.util.EnumSet;
import java.util.HexFormat;
import java.util.Set;

/** The secret that a request has to bring: 64 hexadecimal digits. Never shown. */
public final class AdminToken {

  private final String secret;

  private AdminToken(String secret) {
    this.secret = secret;
  }

  /**
   * Reads the token.
   *
   * @throws IOException when the file is missing, unreadable or holds no token
   */
  public static AdminToken read(Path file) throws IOException {
    String text = Files.readString(file, StandardCharsets.US_ASCII).strip();
    if (!text.matches("[0-9a-f]{64}")) {
      throw new IOException(file + " holds no admin token; delete it and start the server again");
    }
    return new AdminToken(text);
  }

  /** Reads the token, or makes one that only the owner of the file can read. */
  public static AdminToken readOrMake(Path file) throws IOException {
    byte[] random = new byte[32];
    new SecureRandom().nextBytes(random);
    String made = HexFormat.of().formatHex(random);
    var ownerOnly =
        PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------"));
    Set<StandardOpenOption> asNew =
        EnumSet.of(StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE);
    try (var channel = Files.newByteChannel(file, asNew, ownerOnly)) {
      var bytes = StandardCharsets.US_ASCII.encode(made + "\n");
      while (bytes.hasRemaining()) {
        channel.write(bytes);
      }
      return new AdminToken(made);
    } catch (FileAlreadyExistsException e) {
      return read(file);
    }
  }

  /** The value of the Authorization header that a client sends. */
  public String authorization() {
    return "Bearer " + secret;
  }

  /** Whether a request brought this value of the Authorization header; in constant time. */
  boolean isIn(String authorization) {
    return MessageDigest.isEqual(
        authorization().getBytes(StandardCharsets.UTF_8),
        authorization.getBytes(StandardCharsets.UTF_8));
  }

  @Override
  public String toString() {
    return "****";
  }
}
