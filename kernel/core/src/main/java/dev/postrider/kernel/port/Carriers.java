package dev.postrider.kernel.port;

/**
 * The platform threads that carry virtual ones. A virtual thread that computes without end keeps
 * its carrier, and there are few; whoever sees that asks for one more meanwhile. Thread: any, must
 * not be a virtual one that waits for a carrier itself.
 */
public interface Carriers {

  /** Whether a virtual thread has a carrier at this moment, and not only waits for one. */
  boolean isKept(Thread thread);

  /** One more is needed. */
  void oneMore();

  /** One that was asked for is not needed any more. */
  void oneLess();

  /** There are as many as there are, and nobody looks who has one. */
  Carriers FIXED =
      new Carriers() {
        @Override
        public boolean isKept(Thread thread) {
          return false;
        }

        @Override
        public void oneMore() {
          // There are no more.
        }

        @Override
        public void oneLess() {
          // There are no fewer.
        }
      };
}
