package dev.postrider.dist.training;

import dev.postrider.dist.home.Refusal;
import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import java.util.stream.Stream;

/**
 * The mails in a folder and those below it: files with one mail, as maildirs hold them, and mbox
 * files (RFC 4155), which begin with {@code From} and a blank.
 */
public final class MailFiles {

  // What is judged lies in the first part of a mail.
  private static final int MOST = 2 << 20;
  private static final byte[] SEPARATOR = "From ".getBytes(StandardCharsets.US_ASCII);

  private MailFiles() {}

  /**
   * Hands over one mail after the other, at most 2 MiB of each.
   *
   * @param source a file or a folder; hidden files, and {@code tmp} of maildirs, are passed over
   * @throws Refusal when there is none
   */
  public static void each(Path source, Consumer<byte[]> mails) throws IOException {
    if (!Files.exists(source)) {
      throw new Refusal("there is no file or folder " + source);
    }
    for (Path file : files(source)) {
      try (InputStream in = new BufferedInputStream(Files.newInputStream(file), 1 << 16)) {
        read(in, mails);
      }
    }
  }

  private static List<Path> files(Path source) throws IOException {
    if (Files.isRegularFile(source)) {
      return List.of(source);
    }
    List<Path> out = new ArrayList<>();
    try (Stream<Path> walk = Files.walk(source)) {
      walk.filter(Files::isRegularFile)
          .filter(file -> isMail(source.relativize(file)))
          .sorted()
          .forEach(out::add);
    }
    return out;
  }

  private static boolean isMail(Path file) {
    boolean hidden = String.valueOf(file.getFileName()).startsWith(".");
    Path folder = file.getParent();
    return !hidden && (folder == null || !folder.endsWith("tmp"));
  }

  private static void read(InputStream in, Consumer<byte[]> mails) throws IOException {
    in.mark(SEPARATOR.length);
    byte[] start = in.readNBytes(SEPARATOR.length);
    in.reset();
    if (!isSeparator(start)) {
      mails.accept(in.readNBytes(MOST));
      return;
    }
    ByteArrayOutputStream mail = new ByteArrayOutputStream();
    boolean blank = true;
    boolean first = true;
    for (byte[] line = line(in); line.length > 0; line = line(in)) {
      if (blank && isSeparator(line)) {
        hand(mail, first, mails);
        first = false;
      } else if (mail.size() < MOST) {
        mail.writeBytes(line);
      }
      blank = line[0] == '\n' || (line[0] == '\r' && line.length <= 2);
    }
    hand(mail, first, mails);
  }

  private static void hand(ByteArrayOutputStream mail, boolean first, Consumer<byte[]> mails) {
    if (!first) {
      mails.accept(mail.toByteArray());
    }
    mail.reset();
  }

  private static boolean isSeparator(byte[] line) {
    if (line.length < SEPARATOR.length) {
      return false;
    }
    for (int i = 0; i < SEPARATOR.length; i++) {
      if (line[i] != SEPARATOR[i]) {
        return false;
      }
    }
    return true;
  }

  // With its line end; empty at the end. What is longer than a mail comes in pieces.
  private static byte[] line(InputStream in) throws IOException {
    ByteArrayOutputStream out = new ByteArrayOutputStream(80);
    for (int c = in.read(); c >= 0; c = in.read()) {
      out.write(c);
      if (c == '\n' || out.size() >= MOST) {
        break;
      }
    }
    return out.toByteArray();
  }
}
