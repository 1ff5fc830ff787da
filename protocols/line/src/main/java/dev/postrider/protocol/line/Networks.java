package dev.postrider.protocol.line;

import dev.postrider.plugin.Network;
import java.net.InetAddress;
import java.util.Arrays;
import java.util.List;

/** A set of address blocks. */
public record Networks(List<Network> blocks) {

  /** Holds no address. */
  public static final Networks NONE = new Networks(List.of());

  /** The addresses of this host that never leave it: {@code 127.0.0.0/8} and {@code ::1}. */
  public static final Networks LOOPBACK = parse("127.0.0.0/8", "::1");

  /** Copies the list. */
  public Networks {
    blocks = List.copyOf(blocks);
  }

  /** Reads blocks in CIDR notation, see {@link Network#parse}. */
  public static Networks parse(String... blocks) {
    return new Networks(Arrays.stream(blocks).map(Network::parse).toList());
  }

  /** True if one of the blocks holds the address. */
  public boolean contains(InetAddress address) {
    return blocks.stream().anyMatch(block -> block.contains(address));
  }
}
