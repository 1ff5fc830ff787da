package dev.postrider.kernel.intake;

import dev.postrider.plugin.Message;
import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;

/**
 * Finds a From field behind a line that is no header field, or behind more header than is read: for
 * us it stands in the body, many mail programs show it all the same. One linear pass up to the
 * first empty line, nothing kept.
 */
final class HiddenFrom {
  private static final String NAME = "from";

  private HiddenFrom() {}

  static boolean isIn(Message message) throws IOException {
    try (InputStream in = new BufferedInputStream(message.openRest())) {
      int octet = in.read();
      while (octet >= 0 && octet != '\n') {
        int matched = 0;
        while (matched < NAME.length() && Character.toLowerCase(octet) == NAME.charAt(matched)) {
          matched++;
          octet = in.read();
        }
        while (matched == NAME.length() && (octet == ' ' || octet == '\t')) {
          octet = in.read();
        }
        if (matched == NAME.length() && octet == ':') {
          return true;
        }
        boolean empty = matched == 0 && octet == '\r';
        int length = 0;
        while (octet >= 0 && octet != '\n') {
          octet = in.read();
          length++;
        }
        if (empty && length == 1) {
          return false;
        }
        octet = octet < 0 ? octet : in.read();
      }
      return false;
    }
  }
}
