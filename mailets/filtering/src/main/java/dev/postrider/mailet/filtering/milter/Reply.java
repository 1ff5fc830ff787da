package dev.postrider.mailet.filtering.milter;

import dev.postrider.mailet.filtering.daemon.DaemonFault;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * One frame of a milter: a code and its data, taken from the front. Text is kept as ISO-8859-1, one
 * character per octet. Not thread-safe.
 */
final class Reply {

  private final char code;
  private final byte[] data;
  private int at;

  Reply(char code, byte[] data) {
    this.code = code;
    this.data = data;
  }

  char code() {
    return code;
  }

  /** Octets of data. */
  int length() {
    return data.length;
  }

  boolean isEmpty() {
    return at == data.length;
  }

  /** An unsigned number of 32 bits. */
  long number() throws DaemonFault {
    if (data.length - at < 4) {
      throw new DaemonFault(this + " is too short");
    }
    long value = 0;
    for (int i = 0; i < 4; i++) {
      value = value << 8 | (data[at++] & 0xff);
    }
    return value;
  }

  /** Text up to the next NUL. */
  String text() throws DaemonFault {
    int end = at;
    while (end < data.length && data[end] != 0) {
      end++;
    }
    if (end == data.length) {
      throw new DaemonFault(this + " has a text without end");
    }
    String text = new String(data, at, end - at, StandardCharsets.ISO_8859_1);
    at = end + 1;
    return text;
  }

  /** All texts that are left. */
  List<String> texts() throws DaemonFault {
    List<String> all = new ArrayList<>();
    while (!isEmpty()) {
      all.add(text());
    }
    return all;
  }

  /** All octets that are left. */
  byte[] octets() {
    byte[] rest = Arrays.copyOfRange(data, at, data.length);
    at = data.length;
    return rest;
  }

  /** Checks that nothing is left. */
  void end() throws DaemonFault {
    if (!isEmpty()) {
      throw new DaemonFault(this + " is too long");
    }
  }

  @Override
  public String toString() {
    boolean printable = code > ' ' && code < 0x7f;
    return "the reply " + (printable ? "'" + code + "'" : "with the code " + (int) code);
  }
}
