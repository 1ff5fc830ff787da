package dev.postrider.kernel.host.spool;

import dev.postrider.kernel.spool.RunNotes;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.BitSet;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Notes in a small file: one line of 64 octets for each run that is under way, with the mail's id
 * and the number, blank where none is. Written in place and never synced: the operating system has
 * it when the process dies. Thread: any.
 */
public final class RunNotesFile implements RunNotes {
  private static final Logger LOG = LoggerFactory.getLogger(RunNotesFile.class);
  private static final int LINE = 64;
  private static final Pattern NOTE = Pattern.compile("(\\S{1,50}) ([1-9]\\d{0,3})");

  private final Path file;
  private final Map<String, Integer> lines = new HashMap<>();
  private final BitSet taken = new BitSet();
  private @Nullable FileChannel channel;

  /** Opens nothing yet. */
  public RunNotesFile(Path file) {
    this.file = file;
  }

  @Override
  public synchronized Map<String, Integer> left() {
    Map<String, Integer> left = new LinkedHashMap<>();
    try {
      byte[] all = Files.exists(file) ? Files.readAllBytes(file) : new byte[0];
      for (int line = 0; line * LINE < all.length; line++) {
        int length = Math.min(LINE, all.length - line * LINE);
        String text = new String(all, line * LINE, length, StandardCharsets.ISO_8859_1);
        Matcher note = NOTE.matcher(text.strip());
        if (note.matches()) {
          left.put(note.group(1), Integer.valueOf(note.group(2)));
          lines.put(note.group(1), line);
          taken.set(line);
        }
      }
    } catch (IOException e) {
      failed(e);
    }
    return left;
  }

  @Override
  public synchronized void began(String mailId, int times) {
    String text = mailId + " " + times;
    if (NOTE.matcher(text).matches()) {
      int line = lines.computeIfAbsent(mailId, any -> taken.nextClearBit(0));
      taken.set(line);
      write(line, text);
    }
  }

  @Override
  public synchronized void ended(String mailId) {
    Integer line = lines.remove(mailId);
    if (line != null) {
      taken.clear(line);
      write(line, "");
    }
  }

  @Override
  public synchronized void stopped() {
    List.copyOf(lines.keySet()).forEach(this::ended);
  }

  private void write(int line, String text) {
    String padded = text + " ".repeat(LINE - 1 - text.length()) + "\n";
    ByteBuffer octets = ByteBuffer.wrap(padded.getBytes(StandardCharsets.US_ASCII));
    try {
      FileChannel open = channel;
      // A thread that is interrupted while it writes closes the file.
      if (open == null || !open.isOpen()) {
        open = FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.WRITE);
        channel = open;
      }
      open.write(octets, (long) line * LINE);
    } catch (IOException e) {
      failed(e);
    }
  }

  private void failed(IOException e) {
    LOG.warn("{} does not tell which mails were run when the server died: {}", file, e.toString());
  }
}
