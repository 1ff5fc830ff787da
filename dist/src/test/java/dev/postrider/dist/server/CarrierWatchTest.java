package dev.postrider.dist.server;

import static org.assertj.core.api.Assertions.assertThat;

import dev.postrider.kernel.contracts.VirtualTime;
import dev.postrider.kernel.port.Carriers;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Virtual threads run, or do not, as the test says. */
class CarrierWatchTest {

  private static final Duration LOOK = Duration.ofMillis(250);
  private static final Duration QUIET = Duration.ofMinutes(1);

  private final VirtualTime time = new VirtualTime();
  private boolean running = true;
  private int more;
  private final Carriers carriers =
      new Carriers() {
        @Override
        public boolean isKept(Thread thread) {
          return false;
        }

        @Override
        public void oneMore() {
          more++;
        }

        @Override
        public void oneLess() {
          more--;
        }
      };
  private Runnable waiting = () -> {};
  private final CarrierWatch watch = new CarrierWatch(carriers, time, this::begin);

  private void begin(Runnable task) {
    waiting = task;
    if (running) {
      task.run();
    }
  }

  @BeforeEach
  void start() {
    watch.start();
  }

  @AfterEach
  void stop() {
    watch.close();
  }

  private int moreAfter(int looks) {
    time.advance(LOOK.multipliedBy(looks));
    return more;
  }

  private void stall() {
    running = false;
    moreAfter(1);
  }

  private void goOn() {
    running = true;
    waiting.run();
  }

  @Test
  void whereThreadsRunNothingChanges() {
    assertThat(moreAfter(10_000)).isZero();
  }

  @Test
  void aThreadThatIsLateByOneLookIsNoReason() {
    moreAfter(1);
    stall();
    assertThat(moreAfter(1)).isZero();
    goOn();
    assertThat(moreAfter(100)).isZero();
  }

  @Test
  void whereNoneRunsThereAreMoreAndMoreAndTheyGoOneByOneAfterQuietTimes() {
    moreAfter(1);
    stall();
    assertThat(moreAfter(2)).isEqualTo(1);
    assertThat(moreAfter(1)).isEqualTo(3);
    assertThat(moreAfter(1)).isEqualTo(7);
    goOn();
    time.advance(QUIET.plus(LOOK));
    assertThat(more).isEqualTo(6);
    time.advance(QUIET.multipliedBy(6));
    assertThat(more).isZero();
  }

  @Test
  void whatWasGivenBackTooEarlyIsKeptLongerTheNextTime() {
    moreAfter(1);
    stall();
    moreAfter(2);
    goOn();
    time.advance(QUIET.plus(LOOK));
    assertThat(more).isZero();
    stall();
    assertThat(moreAfter(2)).isEqualTo(1);
    goOn();
    time.advance(QUIET.plus(LOOK));
    assertThat(more).as("a minute was too early").isEqualTo(1);
    time.advance(QUIET);
    assertThat(more).isZero();
  }

  @Test
  void atTheEndAllAreGivenBack() {
    moreAfter(1);
    stall();
    assertThat(moreAfter(5)).isPositive();
    watch.close();
    assertThat(more).isZero();
    assertThat(moreAfter(10)).isZero();
  }
}
