package dev.postrider.kernel.outbound;

import dev.postrider.kernel.bounce.Reports;
import dev.postrider.kernel.dns.MxRouting;
import dev.postrider.kernel.port.Ids;
import dev.postrider.kernel.port.Timers;
import dev.postrider.kernel.store.Batch;
import dev.postrider.kernel.store.Change;
import dev.postrider.kernel.store.NewMessage;
import dev.postrider.kernel.store.Store;
import dev.postrider.plugin.Content;
import dev.postrider.plugin.Recipient;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executor;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Sends what is in the outbound queue. All that matters is in the store: a courier that is killed
 * loses nothing but knowledge of what the last peers said, so a mail may reach them twice, never
 * not at all.
 *
 * <p>One connection at a time goes to a destination at first; each success allows one more, up to
 * the policy's limit. A destination that can't be reached is left alone for a while, and all that
 * was due for it counts as tried.
 *
 * <p>Thread: any.
 */
public final class Courier {

  private static final Logger LOG = LoggerFactory.getLogger(Courier.class);
  private static final Duration LOOK_AGAIN = Duration.ofMinutes(5);
  private static final Duration AFTER_INTERRUPT = Duration.ofSeconds(2);

  private final Store store;
  private final Transport transport;
  private final MxRouting routing;
  private final OutboundPolicy policy;
  private final String heloName;
  private final InstantSource clock;
  private final Timers timers;
  private final Executor executor;
  private final Bookkeeping books;
  private final Backoff backoff;
  private final Lanes lanes;
  private final IdleConnections idle;
  private final Set<Thread> threads = ConcurrentHashMap.newKeySet();

  private final ReentrantLock lock = new ReentrantLock();
  private final Condition ended = lock.newCondition();
  private boolean stopping;
  private @Nullable Instant alarmAt;
  private Runnable alarm = () -> {};

  /**
   * A courier that has not started.
   *
   * @param heloName what this host calls itself
   * @param executor runs each task on a virtual thread of its own
   */
  public Courier(
      Store store,
      Transport transport,
      MxRouting routing,
      Reports reports,
      OutboundPolicy policy,
      String heloName,
      InstantSource clock,
      Timers timers,
      Executor executor,
      RandomGenerator random,
      Ids ids) {
    this.store = store;
    this.transport = transport;
    this.routing = routing;
    this.policy = policy;
    this.heloName = heloName;
    this.clock = clock;
    this.timers = timers;
    this.executor = executor;
    this.backoff = new Backoff(policy.retrySchedule(), random);
    this.books =
        new Bookkeeping(
            store,
            new Settlement(policy, backoff, reports, ids),
            clock,
            timers,
            this::isStopping,
            this::release);
    this.idle = new IdleConnections(timers);
    this.lanes = new Lanes(policy.connections(), policy.connectionsPerDestination());
  }

  /** Takes up what the queue holds and all that comes. Once. */
  public void start() {
    store.watch(this::committed);
    Instant now = clock.instant();
    store.outbound().summaries().forEach(summary -> lanes.putIfNew(summary, now));
    arm();
  }

  /**
   * Ends: mails in flight have the given time, then their connections are cut. What is not settled
   * stays in the queue.
   */
  public void stop(Duration grace) throws InterruptedException {
    lock.lock();
    try {
      stopping = true;
      alarm.run();
    } finally {
      lock.unlock();
    }
    idle.close();
    if (!awaitWorkers(grace)) {
      LOG.info("{} connections to other hosts are cut after {}", lanes.workers(), grace);
      threads.forEach(Thread::interrupt);
      awaitWorkers(AFTER_INTERRUPT);
    }
  }

  private boolean awaitWorkers(Duration grace) throws InterruptedException {
    long left = grace.toNanos();
    lock.lock();
    try {
      while (lanes.workers() > 0 && left > 0) {
        left = ended.awaitNanos(left);
      }
      return lanes.workers() == 0;
    } finally {
      lock.unlock();
    }
  }

  /** Connections that are open or being opened. */
  public int connections() {
    return lanes.workers() + idle.count();
  }

  /** Runs on the committer's thread: only notes what changed. */
  private void committed(Batch batch) {
    boolean ours = false;
    Instant now = clock.instant();
    Set<String> stay = new HashSet<>();
    for (Change change : batch.changes()) {
      if (change instanceof Change.Enqueue(QueueEntry entry, NewMessage _)) {
        stay.add(entry.id());
      }
    }
    for (Change change : batch.changes()) {
      switch (change) {
        case Change.Enqueue(QueueEntry entry, NewMessage _) -> {
          lanes.put(
              new QueueSummary(
                  entry.id(), entry.destination(), entry.nextAttempt(), entry.held().isPresent()),
              now);
          ours = true;
        }
        case Change.Dequeue(String id, long _) when !stay.contains(id) -> lanes.remove(id);
        default -> {}
      }
    }
    if (ours) {
      arm();
    }
  }

  /** Makes sure that {@link #pump} runs when the next entry is due. */
  private void arm() {
    lanes.nextStart().ifPresent(this::armFor);
  }

  private void armFor(Instant at) {
    lock.lock();
    try {
      if (stopping || alarmAt != null && !alarmAt.isAfter(at)) {
        return;
      }
      alarm.run();
      alarmAt = at;
      Duration delay = Duration.between(clock.instant(), at);
      alarm = timers.after(delay.isNegative() ? Duration.ZERO : delay, this::pump);
    } finally {
      lock.unlock();
    }
  }

  private void pump() {
    lock.lock();
    try {
      alarmAt = null;
      if (stopping) {
        return;
      }
    } finally {
      lock.unlock();
    }
    for (Lane lane : lanes.start(clock.instant())) {
      executor.execute(() -> work(lane));
    }
    arm();
  }

  private void work(Lane lane) {
    threads.add(Thread.currentThread());
    lanes.begun(lane);
    Connection connection = idle.take(lane.destination).orElseGet(this::another);
    try {
      Optional<QueueSummary> next = take(lane, false);
      while (next.isPresent()) {
        attempt(lane, connection, next.get());
        next = take(lane, false);
      }
      idle.keep(lane.destination, connection);
    } catch (RuntimeException | Error e) {
      connection.close();
      throw e;
    } finally {
      threads.remove(Thread.currentThread());
      ended(lane);
    }
  }

  private Connection another() {
    idle.shrinkTo(policy.connections() - lanes.workers());
    return new Connection(transport, routing, policy, heloName);
  }

  private void ended(Lane lane) {
    lanes.ended(lane);
    lock.lock();
    try {
      ended.signalAll();
    } finally {
      lock.unlock();
    }
    arm();
  }

  private Optional<QueueSummary> take(Lane lane, boolean evenBlocked) {
    return isStopping() ? Optional.empty() : lanes.take(lane, clock.instant(), evenBlocked);
  }

  private boolean isStopping() {
    lock.lock();
    try {
      return stopping;
    } finally {
      lock.unlock();
    }
  }

  private void attempt(Lane lane, Connection connection, QueueSummary summary) {
    boolean settled = true;
    try {
      Optional<QueueEntry> entry = waiting(summary.id());
      if (entry.isPresent()) {
        Content message = store.open(entry.get().message());
        Connection.Tried tried = connection.send(entry.get(), message);
        if (tried.unreachable()) {
          lanes.unreachable(lane, backoff, clock.instant());
        } else {
          lanes.reached(lane);
        }
        settled = books.settle(summary, entry.get(), tried.results());
        if (tried.unreachable()) {
          sweep(lane, tried.results().values().iterator().next());
        }
        arm();
      }
    } catch (RuntimeException e) {
      LOG.error(
          "outbound entry {} failed; it is looked at again in {}", summary.id(), LOOK_AGAIN, e);
      connection.close();
    } finally {
      if (settled) {
        release(summary);
      }
    }
  }

  /** All that is due for a destination that can't be reached shares the failure of the first. */
  private void sweep(Lane lane, RecipientResult result) {
    Optional<QueueSummary> next = take(lane, true);
    while (next.isPresent()) {
      QueueSummary summary = next.get();
      boolean settled = true;
      try {
        Optional<QueueEntry> entry = waiting(summary.id());
        if (entry.isPresent()) {
          Map<Recipient, RecipientResult> results = new LinkedHashMap<>();
          entry.get().envelope().recipients().forEach(each -> results.put(each, result));
          settled = books.settle(summary, entry.get(), results);
        }
      } finally {
        if (settled) {
          release(summary);
        }
      }
      next = take(lane, true);
    }
  }

  private Optional<QueueEntry> waiting(String id) {
    return store.outbound().entry(id).filter(entry -> entry.held().isEmpty());
  }

  private void release(QueueSummary summary) {
    Instant now = clock.instant();
    lanes.release(summary, now.plus(LOOK_AGAIN), now);
    arm();
  }
}
