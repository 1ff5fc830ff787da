package dev.postrider.kernel.directory;

import static org.assertj.core.api.Assertions.assertThat;

import dev.postrider.kernel.contracts.MemoryStore;
import dev.postrider.kernel.contracts.VirtualTime;
import dev.postrider.kernel.intake.LoginResult;
import dev.postrider.kernel.store.Batch;
import dev.postrider.kernel.store.Change;
import dev.postrider.plugin.Client;
import dev.postrider.plugin.EmailAddress;
import java.net.InetAddress;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class AuthenticatorTest {

  private static final LoginResult DENIED = new LoginResult.Denied();
  private static final EmailAddress ADDRESS = EmailAddress.parse("bob@example.test");
  private static final LoginResult BOB = new LoginResult.LoggedIn(ADDRESS, Optional.empty(), "");

  private final MemoryStore store = new MemoryStore();
  private final VirtualTime time = new VirtualTime();
  private final List<String> offences = new ArrayList<>();
  private final CountingHash hash = new CountingHash();
  private final Authenticator authenticator = authenticator(AuthenticatorPolicy.defaults());

  private Authenticator authenticator(AuthenticatorPolicy policy) {
    return new Authenticator(
        store.directory(),
        hash,
        new LoginGuard(time, LoginGuardPolicy.defaults()),
        (from, what) -> offences.add(from.getHostAddress() + " " + what),
        time,
        policy);
  }

  @BeforeEach
  void fill() {
    put(new Change.PutDomain(new LocalDomain("example.test")));
    account("bob@example.test", "secret", true);
    account("alice@example.test", "secret", true);
    account("disabled@example.test", "secret", false);
    account("lost@gone.test", "secret", true);
    put(
        new Change.PutAlias(
            new Alias("sales@example.test", List.of(EmailAddress.parse("bob@example.test")))));
  }

  @Test
  void a_wrong_password_is_an_offence_and_the_same_one_again_is_none() {
    login("bob", "old");
    login("bob", "old");
    assertThat(offences).hasSize(1).first().asString().endsWith(" FAILED_LOGIN");
    login("bob", "other");
    login("nobody", "other");
    assertThat(offences).hasSize(3);
    login("bob", "secret");
    assertThat(offences).hasSize(3);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"bob@example.test", "BOB@Example.Test", "bob", "Bob", " bob@example.test "})
  void a_user_is_an_address_or_its_local_part(String user) {
    assertThat(login(user, "secret")).isEqualTo(BOB);
  }

  @Test
  void a_local_part_alone_is_nobody_once_there_are_two_domains() {
    put(new Change.PutDomain(new LocalDomain("second.test")));

    assertThat(login("bob", "secret")).isEqualTo(DENIED);
    assertThat(login("bob@example.test", "secret")).isEqualTo(BOB);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "bob@example.test",
        "nobody@example.test",
        "disabled@example.test",
        "sales@example.test",
        "bob+tag@example.test",
        "lost@gone.test",
        "bob@remote.test",
        "",
        "@",
        "*)(uid=*",
        "../bob"
      })
  void every_wrong_login_costs_exactly_one_hash_and_hears_the_same(String user) {
    hash.checks.set(0);

    assertThat(login(user, "wrong")).isEqualTo(DENIED);
    assertThat(hash.checks).hasValue(1);
  }

  private static final String APP = "abcdefghijkmnpqrstuvwxyz";

  private void appPassword(String hashed, AppPassword.Use... uses) {
    AppPassword app =
        new AppPassword("phone", AppPassword.markOf(APP), hashed, Set.of(uses), time.instant());
    put(
        new Change.PutAccount(
            new Account(
                EmailAddress.parse("bob@example.test"), hash.hash("secret"), true, List.of(app))));
  }

  @ParameterizedTest
  @ValueSource(strings = {APP, "abcd-efgh-ijkm-npqr-stuv-wxyz", "ABCD EFGH ijkm npqr stuv wxyz"})
  void an_app_password_lets_in_beside_the_main_one_and_is_named(String typed) {
    appPassword(hash.hash(APP), AppPassword.Use.SMTP, AppPassword.Use.POP3);
    hash.checks.set(0);
    assertThat(login("bob", typed))
        .isEqualTo(new LoginResult.LoggedIn(ADDRESS, Optional.of("phone"), ""));
    assertThat(hash.checks).hasValue(1);
    assertThat(login("bob", "secret")).isEqualTo(BOB);
    assertThat(login("alice", typed)).isEqualTo(DENIED);
  }

  @Test
  void a_wrong_app_password_costs_one_hash_like_any_other() {
    appPassword(hash.hash(APP), AppPassword.Use.POP3);
    for (String wrong : List.of("abcdxxxxxxxxxxxxxxxxxxxx", "xxxxxxxxxxxxxxxxxxxxxxxx", "x")) {
      hash.checks.set(0);
      assertThat(login("bob", wrong)).isEqualTo(DENIED);
      assertThat(hash.checks).as(wrong).hasValue(1);
    }
  }

  @Test
  void an_app_password_counts_only_for_what_it_is_made_for() {
    appPassword(hash.hash(APP), AppPassword.Use.SMTP);
    assertThat(login("bob", APP)).isEqualTo(DENIED);
    appPassword(hash.hash(APP), AppPassword.Use.POP3);
    assertThat(login("bob", APP)).isNotEqualTo(DENIED);
  }

  @Test
  void a_removed_app_password_is_out_at_once_and_an_unreadable_hash_never_matches() {
    appPassword(hash.hash(APP), AppPassword.Use.POP3);
    assertThat(login("bob", APP)).isNotEqualTo(DENIED);
    account("bob@example.test", "secret", true);
    assertThat(login("bob", APP)).as("though it was right a moment ago").isEqualTo(DENIED);
    appPassword("", AppPassword.Use.POP3);
    assertThat(login("bob", APP)).isEqualTo(DENIED);
  }

  @Test
  void a_login_holds_as_long_as_its_password_does() {
    appPassword(hash.hash(APP), AppPassword.Use.POP3);
    LoginResult.LoggedIn phone = session(APP);
    LoginResult.LoggedIn main = session("secret");
    assertThat(authenticator.holds(phone)).isTrue();
    assertThat(authenticator.holds(main)).isTrue();

    account("bob@example.test", "secret", true);
    assertThat(authenticator.holds(phone)).as("removed").isFalse();
    assertThat(authenticator.holds(main)).isTrue();
    appPassword("hash of another one of this name", AppPassword.Use.POP3);
    assertThat(authenticator.holds(phone)).as("another one of this name").isFalse();
    account("bob@example.test", "secret", false);
    assertThat(authenticator.holds(main)).as("disabled").isFalse();
    account("bob@example.test", "other", true);
    assertThat(authenticator.holds(main)).as("changed").isFalse();
    account("bob@example.test", "secret", true);
    put(new Change.RemoveDomain("example.test"));
    assertThat(authenticator.holds(main)).as("domain removed").isFalse();
    put(new Change.PutDomain(new LocalDomain("example.test")));
    put(new Change.RemoveAccount(ADDRESS));
    assertThat(authenticator.holds(main)).as("user removed").isFalse();
  }

  private LoginResult.LoggedIn session(String password) {
    return (LoginResult.LoggedIn) authenticator.login(client(), "bob", password);
  }

  @ParameterizedTest
  @ValueSource(strings = {"disabled@example.test", "lost@gone.test", "sales@example.test"})
  void the_right_password_is_no_use_where_logging_in_is_not_allowed(String user) {
    assertThat(login(user, "secret")).isEqualTo(DENIED);
  }

  @Test
  void a_login_right_a_moment_ago_is_not_hashed_again() {
    login("bob", "secret");
    hash.checks.set(0);

    assertThat(login("bob", "secret")).isEqualTo(BOB);
    assertThat(hash.checks).hasValue(0);

    time.advance(Duration.ofMinutes(2));
    assertThat(login("bob", "secret")).isEqualTo(BOB);
    assertThat(hash.checks).hasValue(1);
  }

  @Test
  void what_is_remembered_holds_for_one_account_and_one_password_only() {
    login("bob", "secret");
    hash.checks.set(0);

    assertThat(login("bob", "secre")).isEqualTo(DENIED);
    assertThat(login("alice", "secret")).isNotEqualTo(BOB);
    assertThat(hash.checks).hasValue(2);
  }

  @Test
  void a_changed_password_or_a_disabled_account_counts_at_once() {
    login("bob", "secret");
    account("bob@example.test", "other", true);
    assertThat(login("bob", "secret")).isEqualTo(DENIED);
    assertThat(login("bob", "other")).isEqualTo(BOB);

    account("bob@example.test", "other", false);
    assertThat(login("bob", "other")).isEqualTo(DENIED);
  }

  @Test
  void too_many_failures_mean_not_now_whether_the_user_exists_or_not() {
    for (String user : new String[] {"bob@example.test", "nobody@example.test"}) {
      for (int i = 0; i < 4; i++) {
        assertThat(login(user, "wrong")).isEqualTo(DENIED);
      }
      hash.checks.set(0);
      assertThat(login(user, "secret")).isEqualTo(new LoginResult.NotNow());
      assertThat(hash.checks).hasValue(0);
    }
    time.advance(Duration.ofSeconds(1));
    assertThat(login("bob", "secret")).isEqualTo(BOB);
  }

  @Test
  void no_more_logins_than_set_wait_for_their_hash() throws Exception {
    Authenticator narrow = authenticator(new AuthenticatorPolicy(Duration.ZERO, 0, 1));
    hash.entered = new CountDownLatch(1);
    hash.go = new CountDownLatch(1);
    try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
      Future<LoginResult> first = threads.submit(() -> narrow.login(client(), "bob", "secret"));
      hash.entered.await();
      assertThat(narrow.login(client(), "alice", "secret")).isEqualTo(new LoginResult.NotNow());
      hash.go.countDown();
      assertThat(bare(first.get())).isEqualTo(BOB);
    }
    assertThat(bare(narrow.login(client(), "bob", "secret"))).isEqualTo(BOB);
  }

  @Test
  void guesses_at_the_same_time_get_no_more_tries_than_one_after_the_other() throws Exception {
    hash.entered = new CountDownLatch(4);
    hash.go = new CountDownLatch(1);

    List<LoginResult> results = atTheSameTime("wrong");

    assertThat(hash.checks).as("three are free, the next one starts the delay").hasValue(4);
    assertThat(results).filteredOn(DENIED::equals).hasSize(4);
    assertThat(results).filteredOn(new LoginResult.NotNow()::equals).hasSize(16);
    assertThat(login("bob", "secret")).isEqualTo(new LoginResult.NotNow());
  }

  @Test
  void a_client_that_logs_in_many_times_at_once_is_let_in_each_time() throws Exception {
    hash.entered = new CountDownLatch(4);
    hash.go = new CountDownLatch(1);

    assertThat(atTheSameTime("secret")).hasSize(20).containsOnly(BOB);
  }

  private List<LoginResult> atTheSameTime(String password) throws Exception {
    List<LoginResult> results = new ArrayList<>();
    try (ExecutorService clients = Executors.newVirtualThreadPerTaskExecutor()) {
      List<Future<LoginResult>> running = new ArrayList<>();
      for (int i = 0; i < 20; i++) {
        running.add(clients.submit(() -> login("bob", password)));
      }
      hash.entered.await();
      hash.go.countDown();
      for (Future<LoginResult> each : running) {
        results.add(each.get());
      }
    }
    return results;
  }

  // The mark of the credential says nothing to a person.
  private LoginResult login(String user, String password) {
    return bare(authenticator.login(client(), user, password));
  }

  private static LoginResult bare(LoginResult result) {
    return result instanceof LoginResult.LoggedIn in
        ? new LoginResult.LoggedIn(in.account(), in.appPassword(), "")
        : result;
  }

  private static Client client() {
    return new Client(
        InetAddress.ofLiteral("192.0.2.1"), "", "POP3S", "pop3s", Optional.empty(), true);
  }

  private void account(String address, String password, boolean enabled) {
    put(
        new Change.PutAccount(
            new Account(EmailAddress.parse(address), "hash of " + password, enabled)));
  }

  private void put(Change change) {
    store.commit(Batch.of(change));
  }

  /** A hash that only counts how often it is checked, and can be held up. */
  private static final class CountingHash implements PasswordHash {
    final AtomicInteger checks = new AtomicInteger();
    CountDownLatch entered = new CountDownLatch(0);
    CountDownLatch go = new CountDownLatch(0);

    @Override
    public String hash(String password) {
      return "hash of " + password;
    }

    @Override
    public boolean matches(String password, String hash) {
      checks.incrementAndGet();
      entered.countDown();
      try {
        go.await();
      } catch (InterruptedException e) {
        throw new IllegalStateException(e);
      }
      return hash.equals(hash(password));
    }
  }
}
