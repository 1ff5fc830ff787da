package dev.postrider.benchmark.load;

/** Finds the last line of an SMTP reply (RFC 5321 §4.2.1) without keeping its text. */
final class ReplyReader {

  private int position;
  private int code;
  private boolean more;

  /** The code, when this octet ends a reply; else -1. */
  int take(byte octet) {
    if (octet == '\n') {
      boolean last = !more;
      int found = code;
      position = 0;
      code = 0;
      more = false;
      return last ? found : -1;
    }
    if (position < 3) {
      code = code * 10 + (octet - '0');
    } else if (position == 3) {
      more = octet == '-';
    }
    position++;
    return -1;
  }
}
