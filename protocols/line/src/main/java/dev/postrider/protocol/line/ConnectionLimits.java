package dev.postrider.protocol.line;

/**
 * How many connections may be open at once.
 *
 * @param total over all addresses
 * @param perAddress from one IPv4 address or one IPv6 /64; trusted networks are exempt
 */
public record ConnectionLimits(int total, int perAddress) {

  /** 5000 in all, 50 per address. */
  public static final ConnectionLimits DEFAULT = new ConnectionLimits(5000, 50);

  /** Refuses limits below one. */
  public ConnectionLimits {
    if (total < 1 || perAddress < 1) {
      throw new IllegalArgumentException("a connection limit below 1 would refuse everybody");
    }
  }
}
