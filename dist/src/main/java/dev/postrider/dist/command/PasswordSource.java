package dev.postrider.dist.command;

import dev.postrider.dist.home.Reasons;
import dev.postrider.dist.home.Refusal;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;

/** Where passwords come from. */
public final class PasswordSource {

  // Without letters and digits that are taken for each other.
  private static final String LETTERS = "abcdefghijkmnpqrstuvwxyz23456789";
  private static final int GROUPS = 5;

  private PasswordSource() {}

  /** A new password of 100 random bits, as five groups of four. */
  public static String make() {
    return make(GROUPS);
  }

  /** A new password of so many groups of four letters and digits, five bits each. */
  public static String make(int groups) {
    SecureRandom random = new SecureRandom();
    StringBuilder out = new StringBuilder();
    for (int i = 0; i < groups * 4; i++) {
      if (i > 0 && i % 4 == 0) {
        out.append('-');
      }
      out.append(LETTERS.charAt(random.nextInt(LETTERS.length())));
    }
    return out.toString();
  }

  /**
   * The first line of a file, or of standard input for {@code -}.
   *
   * @throws Refusal when it can't be read or is empty
   */
  public static String read(String file, InputStream standardInput) {
    String line;
    try (InputStream in = file.equals("-") ? standardInput : Files.newInputStream(Path.of(file));
        BufferedReader reader =
            new BufferedReader(new InputStreamReader(in, StandardCharsets.UTF_8))) {
      line = reader.readLine();
    } catch (IOException e) {
      throw new Refusal("the password file " + file + " can't be read: " + Reasons.of(e));
    }
    if (line == null || line.isEmpty()) {
      String source = file.equals("-") ? "standard input" : "the password file " + file;
      throw new Refusal(source + " holds no password in its first line");
    }
    return line;
  }
}
