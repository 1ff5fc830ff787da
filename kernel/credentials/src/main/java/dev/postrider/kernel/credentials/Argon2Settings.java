package dev.postrider.kernel.credentials;

/**
 * What a new hash costs (RFC 9106). Hashes that exist keep the costs they were made with.
 *
 * @param memoryKib memory in KiB, 8 per lane to 1 GiB
 * @param passes how often that memory is gone through, 1 to 100
 * @param lanes 1 to 16; more lanes cost no less here, they are computed one after the other
 * @param concurrent how many hashes may be computed at a time; further ones wait
 */
public record Argon2Settings(int memoryKib, int passes, int lanes, int concurrent) {

  static final int MAX_MEMORY_KIB = 1 << 20;
  static final int MAX_PASSES = 100;
  static final int MAX_LANES = 16;

  /** Checks the ranges. */
  public Argon2Settings {
    if (!areAllowed(memoryKib, passes, lanes) || concurrent < 1) {
      throw new IllegalArgumentException(
          "argon2 takes 8 KiB per lane to 1 GiB, 1 to 100 passes, 1 to 16 lanes, not "
              + memoryKib
              + " KiB, "
              + passes
              + " passes, "
              + lanes
              + " lanes, "
              + concurrent
              + " at a time");
    }
  }

  static boolean areAllowed(int memoryKib, int passes, int lanes) {
    return lanes >= 1
        && lanes <= MAX_LANES
        && memoryKib >= 8 * lanes
        && memoryKib <= MAX_MEMORY_KIB
        && passes >= 1
        && passes <= MAX_PASSES;
  }

  /** 19 MiB, 2 passes, 1 lane; as many at a time as half of the processors, at least one. */
  public static Argon2Settings defaults() {
    return new Argon2Settings(
        19 * 1024, 2, 1, Math.max(1, Runtime.getRuntime().availableProcessors() / 2));
  }
}
