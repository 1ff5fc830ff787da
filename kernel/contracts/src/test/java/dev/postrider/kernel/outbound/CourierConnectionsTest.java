package dev.postrider.kernel.outbound;

import static org.assertj.core.api.Assertions.assertThat;

import dev.postrider.kernel.ledger.Fate;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class CourierConnectionsTest extends CourierFixture {

  @Test
  void aConnectionWaitsAMomentForTheNextMailAndIsClosedThen() {
    courier.start();
    queue("bob@a.test");
    run();
    time.advance(Duration.ofSeconds(1));
    queue("carol@a.test");
    run();
    time.advance(Duration.ofSeconds(1));

    assertThat(hosts.seen)
        .containsExactly("connect mx.a.test", "mail bob@a.test", "mail carol@a.test");
    time.advance(Duration.ofSeconds(1));
    assertThat(hosts.seen).endsWith("close mx.a.test");
    assertThat(courier.connections()).isZero();
  }

  @Test
  void aHostThatLeftWhileItsConnectionWaitedGetsTheMailOverANewOne() {
    hosts.unheard = true;
    courier.start();
    queue("bob@a.test");
    run();
    hosts.breakNext("it closed the connection");
    String id = queue("carol@a.test");
    run();

    assertThat(hosts.taken).containsExactly("bob@a.test", "carol@a.test");
    assertThat(hosts.connects()).isEqualTo(2);
    assertThat(fates(id)).containsExactly(Fate.RELAYED);
  }

  @Test
  void anEndOfTheCourierEndsConnectionsThatWait() throws InterruptedException {
    courier.start();
    queue("bob@a.test");
    run();
    courier.stop(Duration.ZERO);

    assertThat(hosts.seen).endsWith("close mx.a.test");
  }

  @Test
  void mailsToOneDestinationShareConnectionsUpToTheLimit() {
    for (int i = 0; i < 12; i++) {
      queue("u" + i + "@a.test");
    }
    courier.start();
    run();

    assertThat(hosts.taken).hasSize(12);
    assertThat(hosts.connects()).isEqualTo(3);
  }

  @Test
  void aSessionThatThePeerEndsBetweenMailsCostsNoRetryTime() {
    hosts.mailsPerSession = 2;
    for (int i = 0; i < 5; i++) {
      queue("u" + i + "@a.test");
    }
    courier.start();
    run();

    assertThat(hosts.taken).hasSize(5);
    assertThat(store.outbound().count()).isZero();
  }

  @Test
  void aDeadHostIsNotTriedForEveryMail() {
    hosts.down("mx.dead.test", "refused").down("backup.dead.test", "refused");
    List<String> ids = new ArrayList<>();
    for (int i = 0; i < 200; i++) {
      ids.add(queue("u" + i + "@dead.test"));
    }
    courier.start();
    run();

    assertThat(hosts.connects()).isEqualTo(2);
    assertThat(ids).allSatisfy(id -> assertThat(entry(id).attempts()).isEqualTo(1));

    time.advance(Duration.ofHours(2));
    assertThat(hosts.connects()).isLessThan(50);

    hosts.up("mx.dead.test");
    time.advance(Duration.ofHours(2));
    assertThat(hosts.taken).hasSize(200);
  }

  @Test
  void aDeadHostDoesNotKeepOthersWaiting() {
    hosts.down("mx.dead.test", "refused").down("backup.dead.test", "refused");
    courier.start();
    queue("bob@dead.test");
    queue("bob@a.test");

    run();

    assertThat(hosts.taken).containsExactly("bob@a.test");
  }

  @Test
  void anEntryThatIsReplacedInOneBatchIsTriedAtOnceThoughItsHostWasLeftAlone() {
    hosts.down("mx.a.test", "refused").down("backup.a.test", "refused");
    courier.start();
    String id = queue("bob@a.test");
    queue("carol@a.test");
    run();
    hosts.up("mx.a.test");

    change(id, Optional.empty());
    run();

    assertThat(hosts.taken).containsExactly("bob@a.test");
  }
}
