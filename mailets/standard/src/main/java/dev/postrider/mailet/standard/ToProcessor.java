package dev.postrider.mailet.standard;

import dev.postrider.plugin.Action;
import dev.postrider.plugin.Doc;
import dev.postrider.plugin.Does;
import dev.postrider.plugin.Mail;
import dev.postrider.plugin.Mailet;
import dev.postrider.plugin.Outcome;
import dev.postrider.plugin.Param;
import dev.postrider.plugin.ProcessorName;
import dev.postrider.plugin.Terminal;
import java.util.Optional;

/** Goes to another processor, with a note for Bounce and Refuse there, as in Apache James. */
@Doc("Goes on at the start of another processor.")
@Terminal
@Does(Action.SET_ATTRIBUTE)
public final class ToProcessor implements Mailet {

  private final ProcessorName processor;
  private final Optional<String> notice;

  /** Goes to a processor. */
  public ToProcessor(
      @Param(name = "processor", doc = "The processor's name.") ProcessorName processor,
      @Param(
              name = "notice",
              doc =
                  "One sentence that Bounce and Refuse use there when they have no text of their"
                      + " own; kept in the attribute standard.notice.")
          Optional<String> notice) {
    this.processor = processor;
    this.notice = notice;
  }

  @Override
  public Outcome process(Mail mail) {
    Mail noted = notice.map(text -> Notice.add(mail, text)).orElse(mail);
    return new Outcome.GoTo(processor, noted);
  }
}
