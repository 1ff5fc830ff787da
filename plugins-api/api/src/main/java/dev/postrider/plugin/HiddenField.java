package dev.postrider.plugin;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.Locale;

/**
 * Finds a field of some name in what follows the header fields. One linear pass up to the first
 * empty line, nothing kept.
 */
final class HiddenField {
  private final String name;
  private final InputStream in;
  private int octet;
  private boolean lineStarts = true;

  private HiddenField(String name, InputStream in) throws IOException {
    this.name = name;
    this.in = in;
    this.octet = in.read();
  }

  static boolean isIn(Message message, String name) throws IOException {
    try (InputStream in = new BufferedInputStream(message.openRest())) {
      return new HiddenField(name.toLowerCase(Locale.ROOT), in).found();
    }
  }

  private boolean found() throws IOException {
    while (octet >= 0) {
      if (octet == '\r') {
        octet = in.read();
      }
      if (octet == '\n') {
        return false;
      }
      lineStarts = false;
      if (isName()) {
        skipSpace();
        if (octet == ':' && !lineStarts) {
          return true;
        }
      }
      while (octet >= 0 && !lineStarts) {
        lineStarts = octet == '\n';
        octet = in.read();
      }
    }
    return false;
  }

  private boolean isName() throws IOException {
    int matched = 0;
    while (matched < name.length() && Character.toLowerCase(octet) == name.charAt(matched)) {
      matched++;
      octet = in.read();
    }
    return matched == name.length();
  }

  // Some programs take a name for one whose colon only comes on the next, folded line.
  private void skipSpace() throws IOException {
    while (isSpace() || octet == '\r' || octet == '\n') {
      boolean newLine = octet == '\n';
      octet = in.read();
      if (newLine && !isSpace()) {
        lineStarts = true;
        return;
      }
    }
  }

  private boolean isSpace() {
    return octet == ' ' || octet == '\t';
  }
}
