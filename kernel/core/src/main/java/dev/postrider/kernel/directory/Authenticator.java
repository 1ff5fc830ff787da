package dev.postrider.kernel.directory;

import dev.postrider.kernel.guard.Offence;
import dev.postrider.kernel.guard.Offences;
import dev.postrider.kernel.intake.LoginResult;
import dev.postrider.plugin.Client;
import dev.postrider.plugin.EmailAddress;
import java.text.Normalizer;
import java.time.InstantSource;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.Semaphore;

/**
 * Checks logins. A user is an account's full address, or its local part where just one domain is
 * local; aliases are no logins. Each wrong login costs one hash whether the user exists, is
 * disabled or not, so that time tells nothing.
 *
 * <p>Thread: virtual threads; blocks.
 */
public final class Authenticator {

  private static final String NO_HASH = "";

  private final DirectoryRows rows;
  private final PasswordHash passwords;
  private final LoginGuard guard;
  private final LoginCache cache;
  private final Offences offences;
  private final Semaphore places;

  /** Takes what it needs. */
  public Authenticator(
      DirectoryRows rows,
      PasswordHash passwords,
      LoginGuard guard,
      Offences offences,
      InstantSource clock,
      AuthenticatorPolicy policy) {
    this.rows = rows;
    this.passwords = passwords;
    this.guard = guard;
    this.offences = offences;
    this.cache = new LoginCache(clock, policy.rememberFor(), policy.remembered());
    this.places = new Semaphore(policy.maxWaiting());
  }

  /** Checks a user and a password as the client sent them. */
  public LoginResult login(Client client, String user, String password) {
    Optional<EmailAddress> address = address(user);
    String name = address.map(EmailAddress::toString).orElse("");
    if (guard.delay(client.address(), name).isPositive() || !places.tryAcquire()) {
      return new LoginResult.NotNow();
    }
    try {
      Optional<LoginGuard.Attempt> attempt = guard.begin(client.address(), name);
      if (attempt.isEmpty()) {
        return new LoginResult.NotNow();
      }
      try {
        return check(client, address, name, password);
      } finally {
        guard.end(attempt.get());
      }
    } finally {
      places.release();
    }
  }

  private LoginResult check(
      Client client, Optional<EmailAddress> address, String name, String password) {
    Optional<Account> account = address.flatMap(rows::account).filter(this::isReachable);
    if (account.isPresent() && isRight(account.get(), password)) {
      guard.succeeded(client.address(), name);
      return new LoginResult.LoggedIn(account.get().address());
    }
    if (account.isEmpty()) {
      passwords.matches(password, NO_HASH); // nobody learns by time who is here
    }
    guard.failed(client.address(), name);
    // A program that was not told of a new password tries the old one for ever, and guesses
    // nothing.
    if (cache.isNewMistake(client.address(), name, password)) {
      offences.offend(client.address(), Offence.FAILED_LOGIN);
    }
    return new LoginResult.Denied();
  }

  private boolean isRight(Account account, String password) {
    if (account.enabled() && cache.holds(account, password)) {
      return true;
    }
    boolean right = passwords.matches(password, account.passwordHash()) && account.enabled();
    if (right) {
      cache.remember(account, password);
    }
    return right;
  }

  private boolean isReachable(Account account) {
    return rows.domain(account.address().domain()).isPresent();
  }

  private Optional<EmailAddress> address(String user) {
    String name = Normalizer.normalize(user, Normalizer.Form.NFKC).strip();
    if (name.indexOf('@') >= 0) {
      return EmailAddress.tryParse(name).map(EmailAddress::folded);
    }
    List<LocalDomain> domains = rows.domains();
    return domains.size() == 1
        ? EmailAddress.tryParse(name.toLowerCase(Locale.ROOT) + "@" + domains.getFirst().name())
        : Optional.empty();
  }
}
