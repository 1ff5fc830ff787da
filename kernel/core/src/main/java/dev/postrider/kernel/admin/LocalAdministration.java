package dev.postrider.kernel.admin;

import dev.postrider.kernel.directory.DirectoryRows;
import dev.postrider.kernel.directory.LocalDomain;
import dev.postrider.kernel.directory.PasswordHash;
import dev.postrider.kernel.guard.Bans;
import dev.postrider.kernel.mailbox.MessageMoves;
import dev.postrider.kernel.spool.SpoolDesk;
import dev.postrider.kernel.store.Store;
import dev.postrider.plugin.Content;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** Administration of an open store, inside the server or, while none runs, beside it. */
public final class LocalAdministration implements Administration {

  private final Store store;
  private final Tracer tracer;
  private final Backups backups;
  private final Reloader reloader;
  private final Jobs jobs;
  private final DirectoryChanges directory;
  private final QueueChanges queues;
  private final BanChanges bans;
  private final MailboxChanges mailboxes;

  /** The store stays the caller's to close. */
  public LocalAdministration(
      Store store,
      SpoolDesk spool,
      MessageMoves moves,
      Bans bans,
      PasswordHash hashes,
      InstantSource clock,
      Tracer tracer,
      Backups backups,
      Reloader reloader,
      Jobs jobs) {
    Commits commits = new Commits(store);
    this.store = store;
    this.tracer = tracer;
    this.backups = backups;
    this.reloader = reloader;
    this.jobs = jobs;
    this.directory = new DirectoryChanges(commits, store.directory(), hashes, clock);
    this.bans = new BanChanges(bans);
    this.mailboxes = new MailboxChanges(store, moves);
    this.queues = new QueueChanges(store, spool, clock);
  }

  @Override
  public ServerStatus status() {
    DirectoryRows rows = store.directory();
    return new ServerStatus(
        rows.domains().size(),
        rows.accounts().size(),
        rows.aliases().size(),
        store.spool().count(),
        store.outbound().count());
  }

  @Override
  public List<String> domains() {
    return store.directory().domains().stream().map(LocalDomain::name).toList();
  }

  @Override
  public AdminAnswer addDomain(String name) {
    return directory.addDomain(name);
  }

  @Override
  public AdminAnswer removeDomain(String name) {
    return directory.removeDomain(name);
  }

  @Override
  public List<UserView> users() {
    return store.directory().accounts().stream().map(UserView::of).toList();
  }

  @Override
  public AdminAnswer addUser(String address, String password) {
    return directory.addUser(address, password);
  }

  @Override
  public AdminAnswer changePassword(String address, String password) {
    return directory.changePassword(address, password);
  }

  @Override
  public AdminAnswer removeUser(String address) {
    return directory.removeUser(address);
  }

  @Override
  public Optional<List<AppPasswordView>> appPasswords(String address) {
    return directory.appPasswords(address);
  }

  @Override
  public AdminAnswer addAppPassword(
      String address, String name, String password, List<String> uses) {
    return directory.addAppPassword(address, name, password, uses);
  }

  @Override
  public AdminAnswer removeAppPassword(String address, String name) {
    return directory.removeAppPassword(address, name);
  }

  @Override
  public Optional<List<MailboxView>> mailboxes(String address) {
    return mailboxes.mailboxes(address);
  }

  @Override
  public Optional<List<MessageView>> messages(String address, String folder) {
    return mailboxes.messages(address, folder);
  }

  @Override
  public AdminAnswer moveMessages(String address, String folder, List<Long> uids, String to) {
    return mailboxes.move(address, folder, uids, to);
  }

  @Override
  public List<AliasView> aliases() {
    return store.directory().aliases().stream().map(AliasView::of).toList();
  }

  @Override
  public AdminAnswer addAlias(String key, List<String> targets) {
    return directory.addAlias(key, targets);
  }

  @Override
  public AdminAnswer removeAlias(String key) {
    return directory.removeAlias(key);
  }

  @Override
  public QueueListing queue(int limit) {
    List<QueueItem> items =
        Stream.concat(
                store.spool().list("", limit).stream().map(QueueItem::of),
                store.outbound().list("", limit).stream().map(QueueItem::of))
            .toList();
    return new QueueListing(store.spool().count(), store.outbound().count(), items);
  }

  @Override
  public Optional<QueueItem> queueItem(String id) {
    return store
        .spool()
        .entry(id)
        .map(QueueItem::of)
        .or(() -> store.outbound().entry(id).map(QueueItem::of));
  }

  @Override
  public AdminAnswer retry(String id) {
    return queues.retry(id);
  }

  @Override
  public AdminAnswer retryAll() {
    return queues.retryAll();
  }

  @Override
  public AdminAnswer hold(String id) {
    return queues.hold(id);
  }

  @Override
  public AdminAnswer release(String id) {
    return queues.release(id);
  }

  @Override
  public AdminAnswer removeFromQueue(String id) {
    return queues.remove(id);
  }

  @Override
  public List<BanView> bans() {
    return bans.list();
  }

  @Override
  public AdminAnswer ban(String network, Duration length, String reason) {
    return bans.ban(network, length, reason);
  }

  @Override
  public AdminAnswer unban(String network) {
    return bans.lift(network);
  }

  @Override
  public List<FateLine> fates(String mailId) {
    return store.ledger().of(mailId).stream().map(FateLine::of).toList();
  }

  @Override
  public AdminAnswer backup(String directory) {
    return backups.backup(directory);
  }

  @Override
  public AdminAnswer reload() {
    return reloader.reload();
  }

  @Override
  public AdminAnswer job(String name, List<String> arguments, Content input) {
    return jobs.run(name, arguments, input);
  }

  @Override
  public TraceAnswer trace(TraceRequest request) {
    return tracer.trace(request);
  }
}
