package dev.postrider.mailet.standard;

import dev.postrider.plugin.Doc;
import dev.postrider.plugin.Does;
import dev.postrider.plugin.Effect;
import dev.postrider.plugin.Mail;
import dev.postrider.plugin.Mailet;
import dev.postrider.plugin.Outcome;
import dev.postrider.plugin.Param;
import dev.postrider.plugin.Terminal;
import dev.postrider.plugin.Text;
import java.util.stream.Stream;

/** Delivers into the mailboxes of the recipients; aliases and groups are followed by the kernel. */
@Doc("Puts the mail into a folder of each recipient's mailbox. Aliases and groups are followed.")
@Terminal
@Does({})
public final class LocalDelivery implements Mailet {

  private final String folder;

  /**
   * Delivers into a folder.
   *
   * @throws IllegalArgumentException when the folder has no name, over 255 characters, a control
   *     character, or a level that is empty, {@code .} or {@code ..}
   */
  public LocalDelivery(
      @Param(
              name = "folder",
              doc = "The folder, levels separated by \"/\". It is made where it is missing.",
              defaultValue = "INBOX")
          String folder) {
    if (!isFolder(folder)) {
      throw new IllegalArgumentException("'" + Text.shown(folder) + "' is not a folder name");
    }
    this.folder = folder;
  }

  @Override
  public Outcome process(Mail mail) {
    return Outcome.done(new Effect.Deliver(mail, folder));
  }

  private static boolean isFolder(String text) {
    return !text.isBlank()
        && text.length() <= 255
        && text.chars().noneMatch(Character::isISOControl)
        && Stream.of(text.split("/", -1))
            .noneMatch(level -> level.isEmpty() || level.equals(".") || level.equals(".."));
  }
}
