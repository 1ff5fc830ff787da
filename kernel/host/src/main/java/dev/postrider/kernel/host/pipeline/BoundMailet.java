package dev.postrider.kernel.host.pipeline;

import dev.postrider.plugin.Action;
import dev.postrider.plugin.Actions;
import dev.postrider.plugin.Mail;
import dev.postrider.plugin.Mailet;
import dev.postrider.plugin.Outcome;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Set;

/**
 * A mailet that is held to what the pipeline file says of it: what else it does is a fault of it,
 * and does not happen. So the proofs that rely on the word of an administrator hold.
 *
 * @param does all that it may do
 */
record BoundMailet(Mailet mailet, Set<Action> does) implements Mailet {

  @Override
  public Outcome process(Mail mail) {
    Outcome outcome = mailet.process(mail);
    try {
      Set<Action> more = Actions.undeclared(does, mail, outcome);
      if (!more.isEmpty()) {
        throw new IllegalStateException(
            "it wanted to %s, which does=\"%s\" of its entry does not name"
                .formatted(ActionWords.of(more), ActionWords.of(does)));
      }
    } catch (IOException e) {
      throw new UncheckedIOException("what it did to the body can't be read", e);
    }
    return outcome;
  }
}
