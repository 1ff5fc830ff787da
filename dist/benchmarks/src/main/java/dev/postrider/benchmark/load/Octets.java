package dev.postrider.benchmark.load;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/** What is sent, made once. */
final class Octets {

  private static final int BLOCK = 1 << 16;
  private static final String LINE = "0123456789".repeat(7) + "123456\r\n";

  private Octets() {}

  static ByteBuffer line(String text) {
    byte[] octets = (text + "\r\n").getBytes(StandardCharsets.ISO_8859_1);
    return ByteBuffer.allocateDirect(octets.length).put(octets).flip();
  }

  /** A message of about this size, ended by a dot; a long one is the same block many times. */
  static ByteBuffer[] message(String from, int size) {
    String header =
        "From: <%s>\r\nTo: <somebody@example.test>\r\nSubject: a message of the benchmark\r\n"
                .formatted(from)
            + "Date: Mon, 23 Nov 2026 12:00:00 +0000\r\nMessage-ID: <benchmark@elsewhere.test>\r\n\r\n";
    List<ByteBuffer> parts = new ArrayList<>();
    if (size <= BLOCK) {
      StringBuilder text = new StringBuilder(header);
      fill(text, size);
      parts.add(line(text + "."));
    } else {
      StringBuilder block = new StringBuilder();
      fill(block, BLOCK);
      parts.add(line(header.stripTrailing() + "\r\n"));
      ByteBuffer body = line(block.toString().stripTrailing());
      for (int sent = header.length(); sent < size; sent += body.remaining()) {
        parts.add(body);
      }
      parts.add(line("."));
    }
    return parts.toArray(ByteBuffer[]::new);
  }

  private static void fill(StringBuilder text, int size) {
    while (text.length() + LINE.length() <= size) {
      text.append(LINE);
    }
    if (size - text.length() > 2) {
      text.append("x".repeat(size - text.length() - 2)).append("\r\n");
    }
  }
}
