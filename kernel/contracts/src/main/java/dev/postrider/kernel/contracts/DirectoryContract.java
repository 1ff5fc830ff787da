package dev.postrider.kernel.contracts;

import static org.assertj.core.api.Assertions.assertThat;

import dev.postrider.kernel.directory.Account;
import dev.postrider.kernel.directory.Alias;
import dev.postrider.kernel.directory.LocalDomain;
import dev.postrider.kernel.store.Change;
import dev.postrider.plugin.EmailAddress;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What every store does with the directory. */
public interface DirectoryContract extends StoreUnderTest {

  @Test
  default void domainsAreKeptByTheirNormalisedName() {
    commit(
        new Change.PutDomain(new LocalDomain("Example.TEST")),
        new Change.PutDomain(new LocalDomain("another.test")));
    assertThat(store().directory().domain("example.test")).isPresent();
    assertThat(store().directory().domains())
        .extracting(LocalDomain::name)
        .containsExactly("another.test", "example.test");

    commit(new Change.RemoveDomain("EXAMPLE.test"));

    assertThat(store().directory().domain("example.test")).isEmpty();
  }

  @Test
  default void accountsAreFoundInAnyCaseAndReplacedWhole() {
    commit(new Change.PutAccount(new Account(EmailAddress.parse("Zoë@example.test"), "h1", true)));
    commit(new Change.PutAccount(new Account(EmailAddress.parse("zoë@example.test"), "h2", false)));

    Account zoe = store().directory().account(EmailAddress.parse("ZOË@example.test")).orElseThrow();

    assertThat(zoe.passwordHash()).isEqualTo("h2");
    assertThat(zoe.enabled()).isFalse();
    assertThat(store().directory().accounts()).hasSize(1);
  }

  @Test
  default void accountsAreListedByAddress() {
    commit(
        new Change.PutAccount(new Account(Samples.BOB, "h", true)),
        new Change.PutAccount(new Account(Samples.ALICE, "h", true)));

    assertThat(store().directory().accounts())
        .extracting(Account::address)
        .containsExactly(Samples.ALICE, Samples.BOB);
    commit(new Change.RemoveAccount(Samples.ALICE));
    assertThat(store().directory().account(Samples.ALICE)).isEmpty();
  }

  @Test
  default void aliasesGroupsAndCatchAllsAreFoundByTheirKey() {
    Alias group = new Alias("Team@example.test", List.of(Samples.ALICE, Samples.BOB));
    Alias catchAll = new Alias("@Example.test", List.of(Samples.BOB));
    commit(new Change.PutAlias(group), new Change.PutAlias(catchAll));

    assertThat(store().directory().alias("team@example.test")).contains(group);
    assertThat(store().directory().alias("@example.test")).contains(catchAll);
    assertThat(store().directory().aliases()).containsExactly(catchAll, group);

    commit(new Change.RemoveAlias("TEAM@example.test"));
    assertThat(store().directory().alias("team@example.test")).isEmpty();
  }
}
