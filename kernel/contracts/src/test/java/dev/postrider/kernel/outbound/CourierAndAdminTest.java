package dev.postrider.kernel.outbound;

import static org.assertj.core.api.Assertions.assertThat;

import dev.postrider.kernel.bounce.DeliveryReports;
import dev.postrider.kernel.ledger.Fate;
import dev.postrider.kernel.store.Batch;
import dev.postrider.kernel.store.Change;
import dev.postrider.kernel.store.CommitResult;
import dev.postrider.kernel.store.NewMessage;
import dev.postrider.plugin.Status;
import java.io.IOException;
import java.time.Duration;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class CourierAndAdminTest extends CourierFixture {

  @Test
  void anAdminWhoMakesAnEntryDueSeesItTriedAtOnce() {
    hosts.down("mx.a.test", "refused").down("backup.a.test", "refused");
    courier.start();
    String id = queue("bob@a.test");
    run();
    hosts.up("mx.a.test");

    change(id, Optional.empty());
    run();

    assertThat(hosts.taken).containsExactly("bob@a.test");
  }

  @Test
  void aHeldEntryWaitsUntilItIsReleased() {
    courier.start();
    String id = queue("bob@a.test");
    change(id, Optional.of("by an admin"));
    time.advance(Duration.ofHours(13));
    assertThat(hosts.seen).isEmpty();
    assertThat(store.outbound().count()).isEqualTo(1);

    change(id, Optional.empty());
    run();
    assertThat(hosts.taken).containsExactly("bob@a.test");
  }

  @Test
  void anEntryRemovedWhileItIsSentStaysRemovedAndItsFateIsKnown() {
    courier.start();
    String id = queue("bob@a.test", "full@a.test");
    hosts.answer("full@a.test", FakeHosts.reply(452, "4.2.2", "mailbox full"));
    hosts.whileSending(envelope -> store.commit(Batch.of(Change.Dequeue.of(entry(id)))));

    run();
    time.advance(Duration.ofHours(1));

    assertThat(store.outbound().count()).isZero();
    assertThat(fates(id)).containsExactly(Fate.RELAYED);
    assertThat(hosts.taken).containsExactly("bob@a.test");
  }

  @Test
  void anEntryHeldWhileItIsSentIsHeldForWhoIsLeft() {
    courier.start();
    String id = queue("bob@a.test", "full@a.test");
    hosts.answer("full@a.test", FakeHosts.reply(452, "4.2.2", "mailbox full"));
    hosts.whileSending(envelope -> change(id, Optional.of("by an admin")));
    run();

    assertThat(entry(id).held()).contains("by an admin");
    assertThat(entry(id).envelope().recipients()).containsExactly(recipient("full@a.test"));
    assertThat(fates(id)).containsExactly(Fate.RELAYED);
  }

  @Test
  void whatIsRetriedFromAnOldViewWhileAPartIsTakenDoesNotBringBackWhoIsServed() {
    courier.start();
    String id = queue("bob@a.test", "full@a.test");
    hosts.answer("full@a.test", FakeHosts.reply(452, "4.2.2", "mailbox full"));
    QueueEntry seen = entry(id);
    run();
    CommitResult late =
        store.commit(
            Batch.of(
                Change.Dequeue.of(seen),
                new Change.Enqueue(
                    seen.waiting(time.instant(), Optional.empty()),
                    new NewMessage.Kept(seen.message()))));
    time.advance(Duration.ofDays(1));

    assertThat(late).isInstanceOf(CommitResult.Conflict.class);
    assertThat(hosts.taken).containsOnlyOnce("bob@a.test");
  }

  @Test
  void anAdminMayGiveUpEarlyAndTheSenderIsTold() throws IOException {
    GivingUp givingUp =
        new GivingUp(store, new DeliveryReports("mx.example.test", time, this::id), time, this::id);
    courier.start();
    String id = queue("bob@a.test");

    assertThat(givingUp.bounce(id, Status.permanent("5.7.1", "Not from here.")))
        .containsInstanceOf(CommitResult.Committed.class);
    assertThat(givingUp.bounce(id, Status.permanent("5.7.1", "Not from here."))).isEmpty();
    run();

    assertThat(hosts.seen).isEmpty();
    assertThat(fates(id)).containsExactly(Fate.BOUNCED);
    assertThat(reports().getFirst()).contains("Not from here.").contains("Status: 5.7.1");
  }
}
