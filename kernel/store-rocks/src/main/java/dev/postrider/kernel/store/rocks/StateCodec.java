package dev.postrider.kernel.store.rocks;

import dev.postrider.kernel.state.StateValue;
import java.util.Arrays;

/** The rows of what plugins remember. */
final class StateCodec {

  private StateCodec() {}

  static void write(ByteWriter out, StateValue value) {
    byte[] octets = value.octets();
    out.u8(1).raw(octets, 0, octets.length);
  }

  static StateValue value(byte[] row) {
    return StateValue.of(
        Arrays.copyOfRange(row, new ByteReader(row).version(1).position(), row.length));
  }
}
