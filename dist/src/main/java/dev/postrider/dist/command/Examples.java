package dev.postrider.dist.command;

import picocli.CommandLine;

/** An example of each command that does not declare one itself, shown at the end of its help. */
final class Examples {

  /** A line for each command that does something: its names, then arguments. */
  static final String ALL =
      """
      serve --home /srv/mail
      init --home /srv/mail --domain example.org --admin you@example.org
      check --home /srv/mail
      reload --home /srv/mail
      user add bob@example.org --home /srv/mail
      user passwd bob@example.org --home /srv/mail --password-file -
      user list --home /srv/mail --json
      user remove bob@example.org --home /srv/mail
      user app-password add bob@example.org --name phone --protocols pop3 --home /srv/mail
      user app-password list bob@example.org --home /srv/mail
      user app-password remove bob@example.org --name phone --home /srv/mail
      mailbox list bob@example.org --folder Junk --home /srv/mail
      mailbox move bob@example.org 12 15 --from INBOX --to Junk --home /srv/mail
      alias add sales@example.org bob@example.org carol@elsewhere.org --home /srv/mail
      alias list --home /srv/mail
      alias remove sales@example.org --home /srv/mail
      domain add example.net --home /srv/mail
      domain list --home /srv/mail
      domain remove example.net --home /srv/mail
      dkim list --home /srv/mail
      dkim dns example.org --home /srv/mail
      dkim rotate example.org --home /srv/mail
      dkim activate example.org --home /srv/mail
      dkim remove example.org --home /srv/mail
      dmarc reports example.org --home /srv/mail
      queue list --home /srv/mail
      queue show 0mx43jw02000775yv2b9q2q0 --home /srv/mail
      queue retry --all --home /srv/mail
      queue hold 0mx43jw02000775yv2b9q2q0 --home /srv/mail
      queue release 0mx43jw02000775yv2b9q2q0 --home /srv/mail
      queue remove 0mx43jw02000775yv2b9q2q0 --home /srv/mail
      ban list --home /srv/mail
      ban add 192.0.2.0/24 --for 7d --reason "guesses passwords" --home /srv/mail
      ban remove 192.0.2.0/24 --home /srv/mail
      verify --home /srv/mail
      backup /backup/mail --home /srv/mail
      restore /backup/mail --home /srv/mail-restored
      plugin list --home /srv/mail
      plugin reload --home /srv/mail
      plugin remove tagger --home /srv/mail
      pipeline test --home /srv/mail
      pipeline coverage --home /srv/mail
      spam train --spam mails/junk --ham mails/good --home /srv/mail
      spam test mails --home /srv/mail
      rehearse
      """;

  private Examples() {}

  /** The same command, with the examples added to those below it. */
  static CommandLine added(CommandLine root) {
    ALL.lines().forEach(example -> add(root, example));
    return root;
  }

  private static void add(CommandLine root, String example) {
    CommandLine command = root;
    for (String word : example.split(" ")) {
      CommandLine below = command.getSubcommands().get(word);
      if (below == null) {
        break;
      }
      command = below;
    }
    command
        .getCommandSpec()
        .usageMessage()
        .footer("", "Example:", "  postrider " + example.replace("%", "%%"));
  }
}
