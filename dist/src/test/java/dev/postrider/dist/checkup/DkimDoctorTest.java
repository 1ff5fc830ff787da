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
}
