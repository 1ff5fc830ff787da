package dev.postrider.kernel.state;

import java.util.Arrays;

/** Octets that a plugin remembers under a key. Immutable. */
public final class StateValue {

  private final byte[] octets;

  private StateValue(byte[] octets) {
    this.octets = octets;
  }

  /** A value of a copy of these octets. */
  public static StateValue of(byte[] octets) {
    return new StateValue(octets.clone());
  }

  /** A copy of the octets. */
  public byte[] octets() {
    return octets.clone();
  }

  /** How many octets it has. */
  public int size() {
    return octets.length;
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof StateValue value && Arrays.equals(octets, value.octets);
  }

  @Override
  public int hashCode() {
    return Arrays.hashCode(octets);
  }

  @Override
  public String toString() {
    return octets.length + " octets";
  }
}
