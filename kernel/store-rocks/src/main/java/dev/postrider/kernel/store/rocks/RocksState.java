package dev.postrider.kernel.store.rocks;

import dev.postrider.kernel.state.KeyOrder;
import dev.postrider.kernel.state.StateRows;
import dev.postrider.kernel.state.StateValue;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** What plugins remember, from the index. */
final class RocksState implements StateRows {

  private final Index index;
  private final Readers readers;

  RocksState(Index index, Readers readers) {
    this.index = index;
    this.readers = readers;
  }

  @Override
  public Optional<StateValue> value(String plugin, String key) {
    byte[] at = Keys.state(new ByteWriter(64), plugin, key).toBytes();
    return readers.call(() -> Optional.ofNullable(index.get(at)).map(StateCodec::value));
  }

  @Override
  public List<String> keys(String plugin, String prefix, String after, int limit) {
    int names = Keys.stateOf(new ByteWriter(32), plugin).toBytes().length;
    byte[] range = Keys.state(new ByteWriter(64), plugin, prefix).toBytes();
    boolean later = KeyOrder.OCTETS.compare(after, prefix) >= 0;
    byte[] from =
        later && !after.isEmpty()
            ? Keys.state(new ByteWriter(64), plugin, after).u8(0).toBytes()
            : range;
    return readers.call(
        () -> {
          List<String> keys = new ArrayList<>();
          index.scan(
              range,
              from,
              (key, _) -> {
                keys.add(new ByteReader(key, names, key.length).rest());
                return keys.size() < limit;
              });
          return keys;
        });
  }

  @Override
  public long octets(String plugin) {
    byte[] range = Keys.stateOf(new ByteWriter(32), plugin).toBytes();
    return readers.call(
        () -> {
          long[] sum = {0};
          index.scan(
              range,
              (key, row) -> {
                sum[0] += key.length - range.length + StateCodec.value(row).size();
                return true;
              });
          return sum[0];
        });
  }
}
