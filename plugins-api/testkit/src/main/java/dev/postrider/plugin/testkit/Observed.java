package dev.postrider.plugin.testkit;

import dev.postrider.plugin.Action;
import dev.postrider.plugin.Actions;
import dev.postrider.plugin.Does;
import dev.postrider.plugin.Mail;
import dev.postrider.plugin.Mailet;
import dev.postrider.plugin.Outcome;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Arrays;
import java.util.Set;

/** What a mailet did to a mail, in the words with which it declares it ({@link Does}). */
public final class Observed {

  private Observed() {}

  /** The actions that an outcome shows. */
  public static Set<Action> actions(Mail before, Outcome outcome) {
    try {
      return Actions.of(before, outcome);
    } catch (IOException e) {
      throw unreadable(e);
    }
  }

  /**
   * Checks a mailet that declares what it does; others may do anything.
   *
   * @throws AssertionError when it did something else
   */
  static void check(Mailet mailet, Mail before, Outcome outcome) {
    Does does = mailet.getClass().getAnnotation(Does.class);
    if (does == null) {
      return;
    }
    try {
      Set<Action> undeclared = Actions.undeclared(Set.of(does.value()), before, outcome);
      if (!undeclared.isEmpty()) {
        throw new AssertionError(
            mailet.getClass().getSimpleName()
                + " declares @Does("
                + Arrays.toString(does.value())
                + ") but did "
                + undeclared);
      }
    } catch (IOException e) {
      throw unreadable(e);
    }
  }

  private static UncheckedIOException unreadable(IOException e) {
    return new UncheckedIOException("the body of a test mail can't be read", e);
  }
}
