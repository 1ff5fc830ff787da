package dev.postrider.dist.durability;

import java.util.List;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

/** What the clients of a server were told: it has to be true after every kill. Thread: any. */
final class Journal {
  /**
   * A mail that was answered with 250.
   *
   * @param id the name that the server gave it
   */
  record Sent(String subject, String id, Posting posting) {}

  private final Queue<Sent> sent = new ConcurrentLinkedQueue<>();
  private final Set<String> deleted = ConcurrentHashMap.newKeySet();
  private final Queue<Set<String>> unanswered = new ConcurrentLinkedQueue<>();
  private final Set<String> users = ConcurrentHashMap.newKeySet();
  private final Set<String> noUsers = ConcurrentHashMap.newKeySet();
  private final Set<String> taken = ConcurrentHashMap.newKeySet();
  private final Semaphore acknowledgements = new Semaphore(0);
  private final ReentrantLock lock = new ReentrantLock();
  private final Condition more = lock.newCondition();
  private long count;
  private final AtomicInteger number = new AtomicInteger();

  /** A subject that no mail had before. */
  String nextSubject() {
    return "n-" + number.incrementAndGet();
  }

  /** Number for a user that was not there before. */
  String nextUser() {
    return "user" + number.incrementAndGet() + "@example.test";
  }

  void sent(Sent mail) {
    sent.add(mail);
    acknowledged();
  }

  /** QUIT was answered: these are gone from the mailbox of carol. */
  void deleted(Set<String> subjects) {
    deleted.addAll(subjects);
    acknowledged();
  }

  /** QUIT was not answered: all of these are gone, or none. */
  void maybeDeleted(Set<String> subjects) {
    unanswered.add(subjects);
  }

  void userAdded(String address) {
    users.add(address);
    acknowledged();
  }

  /** The removal is about to be asked for: from now on it is unknown whether the user is there. */
  void userInDoubt(String address) {
    users.remove(address);
  }

  void userRemoved(String address) {
    noUsers.add(address);
    acknowledged();
  }

  /** An administrator's removal from the queue was answered: what waited of the mail ends there. */
  void takenFromQueue(String mailId) {
    taken.add(mailId);
    acknowledged();
  }

  /** Any other acknowledgement. */
  void acknowledged() {
    acknowledgements.release();
    lock.lock();
    try {
      count++;
      more.signalAll();
    } finally {
      lock.unlock();
    }
  }

  /** Waits until there were so many more acknowledgements, or a second went by. */
  void awaitMore(int acknowledgements) throws InterruptedException {
    long left = TimeUnit.SECONDS.toNanos(1);
    lock.lock();
    try {
      long enough = count + acknowledgements;
      while (count < enough && left > 0) {
        left = more.awaitNanos(left);
      }
    } finally {
      lock.unlock();
    }
  }

  /** Waits for so many acknowledgements from now on; false where they don't come in a minute. */
  boolean await(int count) throws InterruptedException {
    acknowledgements.drainPermits();
    return acknowledgements.tryAcquire(count, 60, TimeUnit.SECONDS);
  }

  List<Sent> sent() {
    return List.copyOf(sent);
  }

  Set<String> deleted() {
    return Set.copyOf(deleted);
  }

  List<Set<String>> maybeDeleted() {
    return List.copyOf(unanswered);
  }

  Set<String> users() {
    return Set.copyOf(users);
  }

  Set<String> removedUsers() {
    return Set.copyOf(noUsers);
  }

  /** Mails of which an administrator took something out of the queue, or may have. */
  Set<String> takenFromQueue() {
    return Set.copyOf(taken);
  }
}
