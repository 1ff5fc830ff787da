package dev.postrider.kernel.mailbox;

import dev.postrider.plugin.EmailAddress;
import dev.postrider.plugin.Text;

/**
 * Names a mailbox of an account.
 *
 * @param owner the account's address, folded
 * @param folder levels separated by {@code /}, 1 to 255 characters, no control characters, no empty
 *     level and none that is {@code .} or {@code ..}; INBOX in any case is {@code INBOX}
 */
public record MailboxName(EmailAddress owner, String folder) {

  /** The folder where mail arrives. */
  public static final String INBOX = "INBOX";

  /** Checks the folder and folds the owner. */
  public MailboxName {
    owner = owner.folded();
    if (folder.equalsIgnoreCase(INBOX)) {
      folder = INBOX;
    }
    if (folder.isEmpty() || folder.length() > 255 || !saneLevels(folder)) {
      throw new IllegalArgumentException("'" + Text.shown(folder) + "' is not a folder name");
    }
  }

  /** The inbox of an account. */
  public static MailboxName inbox(EmailAddress owner) {
    return new MailboxName(owner, INBOX);
  }

  private static boolean saneLevels(String folder) {
    if (folder.chars().anyMatch(Character::isISOControl)) {
      return false;
    }
    for (String level : folder.split("/", -1)) {
      if (level.isEmpty() || level.equals(".") || level.equals("..")) {
        return false;
      }
    }
    return true;
  }

  @Override
  public String toString() {
    return owner + "/" + folder;
  }
}
