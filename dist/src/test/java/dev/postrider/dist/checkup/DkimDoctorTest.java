package dev.postrider.dist.checkup;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.postrider.dist.dkim.DkimFolder;
import dev.postrider.dist.dkim.DkimKey;
import dev.postrider.dist.home.Home;
import dev.postrider.dist.home.Refusal;
import dev.postrider.plugin.testkit.InMemoryDns;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DkimDoctorTest {

  private static final LocalDate DAY = LocalDate.of(2026, 11, 23);

  @TempDir Path home;

  @Test
  void keysThatTheWorldDoesNotFindAreTold() {
    DkimFolder folder = new DkimFolder(new Home(home));
    List<DkimKey> keys = folder.rotate("example.org", Set.of("ed25519"), DAY);
    DkimKey key = keys.getFirst();
    assertThat(DkimDoctor.warnings(keys, new InMemoryDns()))
        .containsExactly(
            "DNS: 20261123-ed25519._domainkey.example.org is not published, but mail is signed with"
                + " it; 'postrider dkim dns example.org' prints what to publish");
    InMemoryDns published = new InMemoryDns().withTxt(key.name(), key.record());
    assertThat(DkimDoctor.warnings(keys, published)).isEmpty();
    InMemoryDns other = new InMemoryDns().withTxt(key.name(), "v=DKIM1; p=");
    assertThat(DkimDoctor.warnings(keys, other)).singleElement().asString().contains("another");
  }

  @Test
  void rotatingTwiceADayKeepsTheOldKeysUntilTheyAreRemoved() {
    DkimFolder folder = new DkimFolder(new Home(home));
    folder.rotate("Example.ORG", Set.of("ed25519"), DAY);
    folder.rotate("example.org", Set.of("ed25519"), DAY);
    assertThat(folder.list("example.org"))
        .extracting(key -> key.selector() + " " + key.state().word())
        .containsExactlyInAnyOrder("20261123-ed25519 retired", "20261123-2-ed25519 signing");
    assertThatThrownBy(() -> folder.remove("example.org", "20261123-2-ed25519"))
        .isInstanceOf(Refusal.class)
        .hasMessageContaining("mail is signed with");
    folder.remove("example.org", "");
    assertThat(folder.list()).extracting(DkimKey::selector).containsExactly("20261123-2-ed25519");
    assertThatThrownBy(() -> folder.remove("example.org", "")).isInstanceOf(Refusal.class);
  }

  @Test
  void newKeysOfADomainThatSignsWaitUntilTheWorldSeesThem() {
    DkimFolder folder = new DkimFolder(new Home(home));
    Set<String> type = Set.of("ed25519");
    assertThat(folder.prepare("example.org", type, DAY))
        .as("the first one")
        .extracting(DkimKey::state)
        .containsExactly(DkimKey.State.SIGNING);
    DkimKey next = folder.prepare("example.org", type, DAY.plusDays(90)).getFirst();
    assertThat(next.state()).isEqualTo(DkimKey.State.PREPARED);
    assertThatThrownBy(() -> folder.prepare("example.org", type, DAY))
        .hasMessageContaining("20270221-ed25519._domainkey.example.org is prepared already");
    assertThat(DkimDoctor.warnings(List.of(next), new InMemoryDns()))
        .singleElement()
        .asString()
        .contains(next.name() + " is not published yet");

    InMemoryDns dns = new InMemoryDns();
    assertThatThrownBy(() -> DkimActivation.activate(folder, "example.org", dns))
        .isInstanceOf(Refusal.class)
        .hasMessageContaining("nothing was changed");
    assertThat(states(folder))
        .containsExactlyInAnyOrder("20261123-ed25519 signing", "20270221-ed25519 prepared");

    dns.withTxt(next.name(), next.record());
    DkimActivation.activate(folder, "example.org", dns);
    assertThat(states(folder))
        .containsExactlyInAnyOrder("20261123-ed25519 retired", "20270221-ed25519 signing");
    assertThatThrownBy(() -> DkimActivation.activate(folder, "example.org", dns))
        .hasMessageContaining("has no prepared key");
  }

  @Test
  void aPreparedKeyCanBeDropped() {
    DkimFolder folder = new DkimFolder(new Home(home));
    Set<String> type = Set.of("ed25519");
    folder.prepare("example.org", type, DAY);
    String selector = folder.prepare("example.org", type, DAY).getFirst().selector();
    folder.remove("example.org", selector);
    assertThat(states(folder)).containsExactly("20261123-ed25519 signing");
    assertThat(folder.prepare("example.org", type, DAY)).hasSize(1);
  }

  private static List<String> states(DkimFolder folder) {
    return folder.list("example.org").stream()
        .map(key -> key.selector() + " " + key.state().word())
        .toList();
  }
}
