package dev.postrider.protocol.line;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;

/** Finds where plain text ends, eight octets at a time. */
final class TextRun {
  private static final VarHandle LONGS =
      MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);
  private static final long ONES = 0x0101_0101_0101_0101L;
  private static final long HIGH_BITS = 0x8080_8080_8080_8080L;

  /** All that can end a run are below: NUL, LF, CR. */
  private static final long BOUND = '\r' + 1;

  private TextRun() {}

  /** The index of the first CR, LF or NUL at or after {@code from}, or {@code to}. */
  static int end(byte[] octets, int from, int to) {
    int i = from;
    while (i < to) {
      if (to - i >= Long.BYTES && !anyBelowBound((long) LONGS.get(octets, i))) {
        i += Long.BYTES;
        continue;
      }
      int stop = Math.min(to, i + Long.BYTES);
      while (i < stop) {
        byte b = octets[i];
        if (b == '\n' || b == '\r' || b == 0) {
          return i;
        }
        i++;
      }
    }
    return to;
  }

  /** True if one of the eight octets, taken as unsigned, is below the bound. */
  private static boolean anyBelowBound(long octets) {
    return ((octets - ONES * BOUND) & ~octets & HIGH_BITS) != 0;
  }
}
