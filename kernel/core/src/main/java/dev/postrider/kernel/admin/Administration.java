package dev.postrider.kernel.admin;

import dev.postrider.plugin.Content;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * What an administrator can do. All input is text as typed; what is wrong with it is part of the
 * answer. Changes are durable when they are answered, and count at once. Thread: any; blocks.
 */
public interface Administration {

  /** How things stand. */
  ServerStatus status();

  /** The local domains by name. */
  List<String> domains();

  /** Adds a local domain. */
  AdminAnswer addDomain(String name);

  /** Removes a local domain that no account and no alias is in any more. */
  AdminAnswer removeDomain(String name);

  /** The accounts by address. */
  List<UserView> users();

  /**
   * Adds an account in a local domain.
   *
   * @param password what {@link PasswordRule} has nothing against
   */
  AdminAnswer addUser(String address, String password);

  /** Sets another password. */
  AdminAnswer changePassword(String address, String password);

  /** Removes an account with all its mail. */
  AdminAnswer removeUser(String address);

  /** The app passwords of an account; empty where there is no such account. */
  Optional<List<AppPasswordView>> appPasswords(String address);

  /**
   * Adds an app password.
   *
   * @param name unique for the account
   * @param password 24 letters and digits by chance, dashes between them don't count
   * @param uses {@code smtp}, {@code pop3} or both
   */
  AdminAnswer addAppPassword(String address, String name, String password, List<String> uses);

  /** Removes an app password; it counts for no login any more. */
  AdminAnswer removeAppPassword(String address, String name);

  /** The mailboxes of an account by name; empty where there is no such account. */
  Optional<List<MailboxView>> mailboxes(String address);

  /**
   * The messages of a mailbox by uid, the newest thousand; empty where there is no such account.
   */
  Optional<List<MessageView>> messages(String address, String folder);

  /**
   * Moves messages from one mailbox of an account to another, which is made where it does not
   * exist; all or none. Plugins are told as of a move by the user.
   */
  AdminAnswer moveMessages(String address, String folder, List<Long> uids, String to);

  /** The aliases by key. */
  List<AliasView> aliases();

  /**
   * Adds targets to an alias, which is made where it does not exist.
   *
   * @param key {@code local@domain}, or {@code @domain} for everything that nothing else names
   */
  AdminAnswer addAlias(String key, List<String> targets);

  /** Removes an alias. */
  AdminAnswer removeAlias(String key);

  /**
   * What waits in the spool and in the outbound queue.
   *
   * @param limit how many items of each at most
   */
  QueueListing queue(int limit);

  /** One waiting mail, in the spool or in the outbound queue. */
  Optional<QueueItem> queueItem(String id);

  /** Tries a waiting mail now. */
  AdminAnswer retry(String id);

  /** Tries now all that waits and is not held. */
  AdminAnswer retryAll();

  /** Keeps a waiting mail from being tried until it is released. */
  AdminAnswer hold(String id);

  /** Ends a hold and tries the mail now. */
  AdminAnswer release(String id);

  /** Removes a waiting mail for good; nobody is told, the ledger remembers. */
  AdminAnswer removeFromQueue(String id);

  /** The bans that hold now. */
  List<BanView> bans();

  /**
   * Bans a network for a time.
   *
   * @param network an address or a network in CIDR notation
   */
  AdminAnswer ban(String network, Duration length, String reason);

  /** Lifts a ban. */
  AdminAnswer unban(String network);

  /** The fates of a mail's recipients, oldest first. */
  List<FateLine> fates(String mailId);

  /** See {@link Backups#backup}. */
  AdminAnswer backup(String directory);

  /** See {@link Reloader#reload}. */
  AdminAnswer reload();

  /** See {@link Jobs#run}. */
  AdminAnswer job(String name, List<String> arguments, Content input);

  /** See {@link Tracer#trace}. */
  TraceAnswer trace(TraceRequest request);
}
