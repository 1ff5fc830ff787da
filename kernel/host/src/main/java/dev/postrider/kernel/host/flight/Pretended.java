package dev.postrider.kernel.host.flight;

import dev.postrider.kernel.pipeline.RunObserver;
import java.util.function.Supplier;

/** Asks for real and changes nothing: a dry run. */
public final class Pretended implements Outside {

  private Pretended() {}

  /** Makes every run of an engine a dry one. */
  public static RunObserver runs() {
    return (pipeline, processor, mail) -> new Pretended().observation();
  }

  @Override
  public <T> T answer(Kind<T> kind, String question, Supplier<T> live) {
    return live.get();
  }

  @Override
  public boolean changed(String change, Supplier<Boolean> live) {
    return true;
  }
}
