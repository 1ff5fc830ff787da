package dev.postrider.kernel.directory;

import static org.assertj.core.api.Assertions.assertThat;

import dev.postrider.kernel.contracts.MemoryStore;
import dev.postrider.kernel.store.Batch;
import dev.postrider.kernel.store.Change;
import dev.postrider.kernel.store.CommitResult;
import dev.postrider.plugin.EmailAddress;
import java.util.Arrays;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class DirectoryTest {

  private final MemoryStore store = new MemoryStore();
  private final Directory directory =
      new Directory(
          store.directory(),
          new DirectoryPolicy("+", 5, 20, Set.of("[192.0.2.1]", "[IPv6:2001:DB8::1]")));

  @BeforeEach
  void fill() {
    for (String domain :
        new String[] {"example.test", "other.test", "b\u00fccher.test", "empty.test"}) {
      put(new Change.PutDomain(new LocalDomain(domain)));
    }
    account("alice@example.test");
    account("bob@example.test");
    account("bob+exact@example.test");
    account("carol@other.test");
    account("j\u00f6rg@b\u00fccher.test");
    alias("sales@example.test", "bob@example.test");
    alias("nested@example.test", "sales@example.test");
    alias("tagged@example.test", "bob+shop@example.test");
    alias("team@example.test", "alice@example.test", "sales@example.test", "eve@remote.test");
    alias("away@example.test", "eve@remote.test");
    alias("loop1@example.test", "loop2@example.test");
    alias("loop2@example.test", "loop1@example.test");
    alias("self@example.test", "self+x@example.test");
    alias("diamond@example.test", "left@example.test", "right@example.test");
    alias("left@example.test", "sales@example.test");
    alias("right@example.test", "sales@example.test");
    alias("dangling@example.test", "gone@example.test");
    alias("half@example.test", "gone@example.test", "alice@example.test");
    alias("@other.test", "carol@other.test");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        // address                      | accounts                               | forwards | tag
        "alice@example.test             | alice@example.test                     |          |",
        "ALICE@Example.TEST             | alice@example.test                     |          |",
        "alice@example.test.            | alice@example.test                     |          |",
        "\"alice\"@example.test         | alice@example.test                     |          |",
        "bob+tag@example.test           | bob@example.test                       |          | tag",
        "bob+a+b@example.test           | bob@example.test                       |          | a+b",
        "bob+@example.test              | bob@example.test                       |          |",
        "bob+exact@example.test         | bob+exact@example.test                 |          |",
        "bob+exact+x@example.test       | bob+exact@example.test                 |          | x",
        "sales@example.test             | bob@example.test                       |          |",
        "sales+q3@example.test          | bob@example.test                       |          | q3",
        "nested@example.test            | bob@example.test                       |          |",
        "tagged@example.test            | bob@example.test                       |          | shop",
        "tagged+own@example.test        | bob@example.test                       |          | own",
        "team@example.test              | alice@example.test bob@example.test    | eve@remote.test"
            + " |",
        "away@example.test              |                                        | eve@remote.test"
            + " |",
        "diamond@example.test           | bob@example.test                       |          |",
        "half@example.test              | alice@example.test                     |          |",
        "anything@other.test            | carol@other.test                       |          |",
        "carol+t@other.test             | carol@other.test                       |          | t",
        "j\u00f6rg@b\u00fccher.test               | j\u00f6rg@b\u00fccher.test                     "
            + "  |          |",
        "J\u00d6RG@xn--bcher-kva.test        | j\u00f6rg@b\u00fccher.test                       |  "
            + "        |",
        "bob@[192.0.2.1]                | carol@other.test                       |          |",
      })
  void an_address_of_ours_leads_to(String address, String accounts, String forwards, String tag) {
    if (address.contains("[")) {
      // literals stand for the first domain by name, here empty.test without accounts
      put(new Change.RemoveDomain("empty.test"));
      put(new Change.RemoveDomain("example.test"));
      put(new Change.RemoveDomain("b\u00fccher.test"));
    }
    assertThat(directory.resolve(EmailAddress.parse(address)))
        .isEqualTo(
            new Resolution.Local(addresses(accounts), addresses(forwards), tag == null ? "" : tag));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "nobody@example.test",
        "+tag@example.test",
        "nobody+bob@example.test",
        "x@empty.test",
        "\"bob.\"@example.test",
        "bob%remote.test@example.test",
        "\"alice@remote.test\"@example.test"
      })
  void an_address_of_ours_that_nothing_names_is_unknown(String text) {
    EmailAddress address = EmailAddress.parse(text);

    assertThat(directory.resolve(address)).isEqualTo(new Resolution.Unknown());
    assertThat(directory.accepts(address)).isFalse();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "alice@sub.example.test",
        "alice@remote.test",
        "alice@[198.51.100.1]",
        "alice@xn--bcher-kvb.test"
      })
  void an_address_elsewhere_is_remote(String address) {
    assertThat(directory.resolve(EmailAddress.parse(address))).isEqualTo(new Resolution.Remote());
  }

  @Test
  void an_alias_that_leads_to_itself_is_broken_and_says_how() {
    assertThat(directory.resolve(EmailAddress.parse("loop1@example.test")))
        .isEqualTo(
            new Resolution.Broken(
                "the alias loop1@example.test leads to itself:"
                    + " loop1@example.test -> loop2@example.test -> loop1@example.test"));
    assertThat(directory.resolve(EmailAddress.parse("self@example.test")))
        .isInstanceOf(Resolution.Broken.class);
  }

  @Test
  void a_catch_all_that_catches_its_own_target_is_broken() {
    alias("@empty.test", "nobody@empty.test");

    assertThat(directory.resolve(EmailAddress.parse("x@empty.test")))
        .isInstanceOf(Resolution.Broken.class);
  }

  @Test
  void aliases_may_follow_each_other_five_times_here_and_no_more() {
    alias("d1@example.test", "alice@example.test");
    for (int i = 2; i <= 6; i++) {
      alias("d" + i + "@example.test", "d" + (i - 1) + "@example.test");
    }

    assertThat(directory.accepts(EmailAddress.parse("d5@example.test"))).isTrue();
    assertThat(directory.resolve(EmailAddress.parse("d6@example.test")))
        .isEqualTo(new Resolution.Broken("the alias d6@example.test is more than 5 deep"));
  }

  @Test
  void a_group_may_lead_to_twenty_addresses_here_and_no_more() {
    String[] all = new String[21];
    for (int i = 0; i < all.length; i++) {
      all[i] = "member" + i + "@remote.test";
    }
    alias("big@example.test", Arrays.copyOf(all, 20));
    alias("toobig@example.test", all);

    assertThat(directory.accepts(EmailAddress.parse("big@example.test"))).isTrue();
    assertThat(directory.resolve(EmailAddress.parse("toobig@example.test")))
        .isEqualTo(
            new Resolution.Broken("the alias toobig@example.test leads to more than 20 addresses"));
  }

  @Test
  void an_alias_with_no_known_target_is_broken_not_silent() {
    assertThat(directory.resolve(EmailAddress.parse("dangling@example.test")))
        .isEqualTo(
            new Resolution.Broken(
                "the alias dangling@example.test leads to no known address; correct its targets"));
  }

  @Test
  void every_domain_of_ours_has_a_postmaster() {
    EmailAddress postmaster = EmailAddress.parse("Postmaster@example.test");
    assertThat(directory.resolve(postmaster)).isEqualTo(local("alice@example.test"));
    assertThat(directory.resolve(EmailAddress.parse("postmaster@empty.test")))
        .as("a domain without accounts falls back on the server's first")
        .isEqualTo(local("alice@example.test"));
    assertThat(directory.resolve(EmailAddress.parse("postmaster@other.test")))
        .as("a catch-all goes before")
        .isEqualTo(local("carol@other.test"));

    alias("postmaster@example.test", "bob@example.test");
    assertThat(directory.resolve(postmaster)).isEqualTo(local("bob@example.test"));
  }

  @Test
  void a_disabled_account_still_gets_mail_but_is_no_stand_in_postmaster() {
    put(new Change.PutAccount(new Account(EmailAddress.parse("alice@example.test"), "", false)));

    assertThat(directory.accepts(EmailAddress.parse("alice@example.test"))).isTrue();
    assertThat(directory.resolve(EmailAddress.parse("postmaster@example.test")))
        .isEqualTo(local("bob+exact@example.test"));
  }

  @ParameterizedTest
  @CsvSource({
    "bob@example.test, bob@example.test, true",
    "bob@example.test, Bob+anything@Example.test, true",
    "bob@example.test, sales@example.test, true",
    "bob@example.test, nested+x@example.test, true",
    "bob@example.test, team@example.test, true",
    "bob@example.test, bob+exact@example.test, false",
    "bob@example.test, alice@example.test, false",
    "bob@example.test, bob@other.test, false",
    "bob@example.test, bob@remote.test, false",
    "bob@example.test, away@example.test, false",
    "bob@example.test, nobody@example.test, false",
    "bob@example.test, loop1@example.test, false",
    "alice@example.test, postmaster@example.test, false",
    "carol@other.test, caught@other.test, true",
  })
  void a_login_sends_only_as_addresses_whose_mail_reaches_it(
      String account, String sender, boolean allowed) {
    assertThat(directory.mayUse(EmailAddress.parse(account), EmailAddress.parse(sender)))
        .isEqualTo(allowed);
  }

  @Test
  void without_a_separator_there_are_no_subaddresses() {
    Directory plain = new Directory(store.directory(), new DirectoryPolicy("", 5, 20, Set.of()));

    assertThat(plain.accepts(EmailAddress.parse("bob+tag@example.test"))).isFalse();
    Directory dashed = new Directory(store.directory(), new DirectoryPolicy("--", 5, 20, Set.of()));
    assertThat(dashed.resolve(EmailAddress.parse("bob--tag@example.test")))
        .isEqualTo(new Resolution.Local(addresses("bob@example.test"), Set.of(), "tag"));
  }

  @Test
  void a_local_domain_is_known_in_every_way_it_can_be_written() {
    assertThat(directory.isLocalDomain("EXAMPLE.test.")).isTrue();
    assertThat(directory.isLocalDomain("B\u00dcCHER.test")).isTrue();
    assertThat(directory.isLocalDomain("[ipv6:2001:db8::1]")).isTrue();
    assertThat(directory.isLocalDomain("remote.test")).isFalse();
    assertThat(directory.isLocalDomain("not a domain")).isFalse();
    assertThat(directory.isLocalDomain("")).isFalse();
  }

  @Test
  void problems_name_what_an_admin_should_mend() {
    alias("alice@example.test", "bob@example.test");
    alias("x@remote.test", "bob@example.test");

    assertThat(String.join("\n", directory.problems()))
        .contains("alice@example.test is hidden by the account")
        .contains("x@remote.test is in no local domain")
        .contains("loop1@example.test leads to itself")
        .contains("half@example.test names gone@example.test, which is unknown")
        .contains("dangling@example.test leads to no known address")
        .doesNotContain("team@")
        .doesNotContain("@other.test");
  }

  private void account(String address) {
    put(new Change.PutAccount(new Account(EmailAddress.parse(address), "hash", true)));
  }

  private void alias(String key, String... targets) {
    put(new Change.PutAlias(new Alias(key, Stream.of(targets).map(EmailAddress::parse).toList())));
  }

  private void put(Change change) {
    assertThat(store.commit(Batch.of(change))).isEqualTo(new CommitResult.Committed());
  }

  private static Resolution local(String account) {
    return new Resolution.Local(addresses(account), Set.of(), "");
  }

  private static Set<EmailAddress> addresses(String text) {
    return text == null
        ? Set.of()
        : Stream.of(text.split(" ", -1)).map(EmailAddress::parse).collect(Collectors.toSet());
  }
}
