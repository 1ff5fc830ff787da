package dev.postrider.kernel.guard;

import dev.postrider.kernel.bounce.AdminNotices;
import dev.postrider.kernel.ledger.Fate;
import dev.postrider.kernel.pipeline.PipelineEngine;
import dev.postrider.kernel.store.Batch;
import dev.postrider.kernel.store.Change;
import dev.postrider.kernel.store.Store;
import dev.postrider.plugin.Client;
import dev.postrider.plugin.EmailAddress;
import dev.postrider.plugin.Envelope;
import dev.postrider.plugin.Recipient;
import java.time.Instant;
import java.time.InstantSource;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SequencedMap;
import java.util.Set;
import java.util.concurrent.Executor;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Limits what each login sends a day, and finds logins that deviate from what they usually do.
 * Counts are durable when {@link #sent} returns. The admin is told once a day for each login.
 * Thread: any; the first question about a login blocks, which {@link #isLoaded} tells.
 */
public final class Senders {
  private static final Logger LOG = LoggerFactory.getLogger(Senders.class);
  private static final int LOADED = 2000;
  private static final int LOADED_RECIPIENTS = 200_000;
  private static final String HELD = "unusual sending: ";

  private final InstantSource clock;
  private final SenderPolicy policy;
  private final Predicate<EmailAddress> local;
  private final SenderRows rows;
  private final AdminNotices notices;
  private final Executor background;
  // The least recently used first.
  private final SequencedMap<EmailAddress, SenderProfile> profiles =
      new LinkedHashMap<>(16, 0.75f, true);
  private final Map<SenderLimit, LongAdder> limited = new EnumMap<>(SenderLimit.class);
  private final LongAdder held = new LongAdder();

  /**
   * Goes on from what the store knows.
   *
   * @param local whether an address is in a domain of this server
   * @param background tells the admin; may block
   */
  public Senders(
      InstantSource clock,
      SenderPolicy policy,
      Predicate<EmailAddress> local,
      Store store,
      AdminNotices notices,
      Executor background) {
    this.clock = clock;
    this.policy = policy;
    this.local = local;
    this.rows = new SenderRows(store);
    this.notices = notices;
    this.background = background;
    for (SenderLimit limit : SenderLimit.values()) {
      limited.put(limit, new LongAdder());
    }
    store.watch(this::committed);
  }

  /** Whether the next question about this client is answered from memory. */
  public boolean isLoaded(Client client) {
    return login(client).map(login -> loaded(login) != null).orElse(true);
  }

  private Optional<EmailAddress> login(Client client) {
    return client.login().map(EmailAddress::folded).filter(each -> !policy.exempt().contains(each));
  }

  private @Nullable SenderProfile loaded(EmailAddress login) {
    synchronized (profiles) {
      return profiles.get(login);
    }
  }

  private SenderProfile profile(EmailAddress login) {
    SenderProfile known = loaded(login);
    if (known != null) {
      return known;
    }
    SenderProfile read = rows.read(login, clock.instant());
    synchronized (profiles) {
      SenderProfile faster = profiles.putIfAbsent(login, read);
      trim();
      return faster == null ? read : faster;
    }
  }

  private void trim() {
    int recipients = profiles.values().stream().mapToInt(each -> each.known.size()).sum();
    while (profiles.size() > 1 && (profiles.size() > LOADED || recipients > LOADED_RECIPIENTS)) {
      recipients -= profiles.pollFirstEntry().getValue().known.size();
    }
  }

  /** The limit that one more message would exceed, if any. */
  public Optional<SenderLimit> mayBegin(Client client) {
    return over(client, (_, levels) -> exceeds(SenderLimit.MESSAGES, levels.messages(), 1));
  }

  /** The limit that a message to all of these would exceed, if any. */
  public Optional<SenderLimit> mayName(Client client, List<Recipient> all) {
    return over(
        client,
        (profile, levels) ->
            exceeds(SenderLimit.RECIPIENTS, levels.recipients(), all.size())
                .or(
                    () ->
                        exceeds(
                            SenderLimit.NEW_RECIPIENTS,
                            levels.fresh(),
                            profile.news(elsewhere(all)))));
  }

  private interface Check {
    Optional<SenderLimit> of(SenderProfile profile, SenderLevels levels);
  }

  private Optional<SenderLimit> exceeds(SenderLimit limit, double used, int more) {
    int most = limit.of(policy);
    return most > 0 && more > 0 && used + more > most ? Optional.of(limit) : Optional.empty();
  }

  private Optional<SenderLimit> over(Client client, Check check) {
    return login(client).flatMap(login -> over(client, login, check));
  }

  private Optional<SenderLimit> over(Client client, EmailAddress login, Check check) {
    SenderProfile profile = profile(login);
    Instant now = clock.instant();
    SenderRows.Changes changes = new SenderRows.Changes(login);
    SenderLimit limit;
    synchronized (profile) {
      Optional<SenderLimit> found = check.of(profile, profile.levels.at(now, policy));
      if (found.isEmpty()) {
        return found;
      }
      limit = found.get();
      if (profile.tellOfLimit(now)) {
        changes.profile(profile);
      }
    }
    limited.getOrDefault(limit, new LongAdder()).increment();
    if (!changes.isEmpty()) {
      LOG.warn("{} has reached its limit of {} a day", login, limit.words());
      background.execute(
          () -> {
            rows.commit(changes);
            SenderNotices.ofLimit(notices, policy, client, login, limit);
          });
    }
    return Optional.of(limit);
  }

  private Set<EmailAddress> elsewhere(List<Recipient> recipients) {
    return recipients.stream()
        .map(Recipient::address)
        .filter(each -> !local.test(each))
        .collect(Collectors.toSet());
  }

  /** Why this mail has to be held, if it has; the admin is told. */
  public Optional<String> suspicion(Client client, Envelope envelope) {
    return policy.watched()
        ? login(client).flatMap(login -> suspicion(client, login, envelope))
        : Optional.empty();
  }

  private Optional<String> suspicion(Client client, EmailAddress login, Envelope envelope) {
    SenderProfile profile = profile(login);
    Instant now = clock.instant();
    Optional<String> why;
    boolean tell = false;
    synchronized (profile) {
      why =
          profile.suspicion(
              client.address(), profile.news(elsewhere(envelope.recipients())), policy, now);
      if (why.isPresent()) {
        profile.suspect(now);
        tell = profile.tellOfHold(now);
      }
    }
    why.ifPresent(_ -> held.increment());
    if (tell) {
      LOG.warn("mail of {} is held: {}", login, why.get());
      background.execute(() -> SenderNotices.ofHold(notices, policy, client, login, why.get()));
    }
    return why.map(each -> HELD + each);
  }

  /**
   * Counts a mail that was taken; durable when it returns.
   *
   * @param wasHeld whether it waits for the admin, so that nothing is learnt from it
   */
  public void sent(Client client, Envelope envelope, boolean wasHeld) {
    login(client).ifPresent(login -> sent(client, login, envelope, wasHeld));
  }

  private void sent(Client client, EmailAddress login, Envelope envelope, boolean wasHeld) {
    SenderProfile profile = profile(login);
    Instant now = clock.instant();
    int day = Math.toIntExact(now.getEpochSecond() / 86_400);
    SenderRows.Changes changes = new SenderRows.Changes(login);
    synchronized (profile) {
      Set<EmailAddress> elsewhere = elsewhere(envelope.recipients());
      profile.levels =
          profile
              .levels
              .at(now, policy)
              .sent(envelope.recipients().size(), profile.news(elsewhere));
      if (!wasHeld) {
        profile.learn(client.address());
      }
      for (EmailAddress each : elsewhere) {
        long hash = SenderProfile.hash(each);
        if (!Integer.valueOf(day).equals(profile.known.put(hash, day))) {
          changes.known(hash, day);
        }
      }
      profile.forget().forEach(changes::forgotten);
      changes.profile(profile);
    }
    rows.commit(changes);
  }

  /** A recipient of a login's mail did not exist or bounced. Answers from memory. */
  public void failed(EmailAddress sender) {
    SenderProfile profile = loaded(sender.folded());
    if (profile != null) {
      synchronized (profile) {
        profile.levels = profile.levels.at(clock.instant(), policy).failed(1);
      }
    }
  }

  private void committed(Batch batch) {
    for (Change change : batch.changes()) {
      if (change instanceof Change.RecordFate(var entry) && entry.fate() == Fate.BOUNCED) {
        entry.sender().address().ifPresent(this::failed);
      } else if (change instanceof Change.Spool(var entry, _) && isReleased(entry.attributes())) {
        login(entry.client())
            .ifPresent(login -> background.execute(() -> trust(login, entry.client())));
      }
    }
  }

  private void trust(EmailAddress login, Client client) {
    SenderProfile profile = profile(login);
    SenderRows.Changes changes = new SenderRows.Changes(login);
    synchronized (profile) {
      profile.trust(client.address());
      changes.profile(profile);
    }
    rows.commit(changes);
  }

  private static boolean isReleased(Map<String, String> attributes) {
    return attributes.getOrDefault(PipelineEngine.RELEASED, "").startsWith(HELD);
  }

  /** Refusals since the start, by limit. */
  public Map<SenderLimit, LongAdder> limited() {
    return Map.copyOf(limited);
  }

  /** Mails held since the start. */
  public LongAdder held() {
    return held;
  }
}
