package dev.postrider.benchmark.jmh;

import java.nio.charset.StandardCharsets;

/** Messages with a header as many have it. */
final class Letter {

  private static final int HEADER = 620;

  private Letter() {}

  /** Of 4 KB. */
  static byte[] octets() {
    return octets(4_020);
  }

  /** Of this many octets, about. */
  static byte[] octets(int size) {
    String line = "The quick brown fox jumps over the lazy dog, and the dog does not mind.\r\n";
    return octets(line.repeat(Math.max(1, (size - HEADER) / line.length() + 1)));
  }

  /** With this body. */
  static byte[] octets(String body) {
    StringBuilder text = new StringBuilder();
    for (int hop = 0; hop < 3; hop++) {
      text.append("Received: from relay").append(hop).append(".example.org (198.51.100.7)\r\n");
      text.append("\tby mail.example.test with ESMTPS; Mon, 23 Nov 2026 12:00:00 +0000\r\n");
    }
    text.append("From: Alice <alice@elsewhere.test>\r\nTo: Bob <bob@example.test>\r\n")
        .append("Subject: the quarterly figures\r\nDate: Mon, 23 Nov 2026 12:00:00 +0000\r\n")
        .append("Message-ID: <1@elsewhere.test>\r\nMIME-Version: 1.0\r\n")
        .append("Content-Type: text/plain; charset=utf-8\r\n\r\n");
    return text.append(body).toString().getBytes(StandardCharsets.UTF_8);
  }
}
