package dev.postrider.kernel.directory;

import dev.postrider.kernel.guard.Offence;
import dev.postrider.kernel.guard.Offences;
import dev.postrider.kernel.intake.LoginResult;
import dev.postrider.kernel.port.Sha256;
import dev.postrider.plugin.Client;
import dev.postrider.plugin.EmailAddress;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.text.Normalizer;
import java.time.InstantSource;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.Semaphore;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Checks logins. A user is an account's full address, or its local part where just one domain is
 * local; aliases are no logins. Each wrong login costs one hash whether the user exists, is
 * disabled or not, so that time tells nothing.
 *
 * <p>Thread: virtual threads; blocks.
 */
public final class Authenticator {

  private static final Logger LOG = LoggerFactory.getLogger(Authenticator.class);
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
    if (offences.isBanned(client.address())
        || guard.delay(client.address(), name).isPositive()
        || !places.tryAcquire()) {
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
    Optional<Credential> credential = account.map(each -> credential(each, password));
    if (credential.isPresent() && isRight(account.get(), credential.get(), client)) {
      guard.succeeded(client.address(), name);
      Optional<String> app = credential.get().app().map(AppPassword::name);
      app.ifPresent(
          each ->
              LOG.info(
                  "{}: {} logged in by the app password '{}' from {}",
                  client.listener(),
                  name,
                  each,
                  client.address().getHostAddress()));
      return new LoginResult.LoggedIn(account.get().address(), app, mark(credential.get().hash()));
    }
    if (account.isEmpty()) {
      passwords.matches(password, NO_HASH); // nobody learns by time who is here
    }
    LOG.info(
        "{}: login of {} from {} failed",
        client.listener(),
        name.isEmpty() ? "what is no address" : name,
        client.address().getHostAddress());
    guard.failed(client.address(), name);
    // A program that was not told of a new password tries the old one for ever, and guesses
    // nothing.
    if (cache.isNewMistake(client.address(), name, password)) {
      offences.offend(client.address(), Offence.FAILED_LOGIN);
    }
    return new LoginResult.Denied();
  }

  /**
   * Whether a login of some time ago still holds: the account is there and enabled, and the
   * password that was given is still one of it. Answers from memory.
   */
  public boolean holds(LoginResult.LoggedIn login) {
    return rows.account(login.account())
        .filter(Account::enabled)
        .filter(this::isReachable)
        .flatMap(account -> hash(account, login.appPassword()))
        .filter(hash -> mark(hash).equals(login.credential()))
        .isPresent();
  }

  private static Optional<String> hash(Account account, Optional<String> appPassword) {
    return appPassword.isEmpty()
        ? Optional.of(account.passwordHash())
        : account.appPasswords().stream()
            .filter(each -> each.name().equals(appPassword.get()))
            .map(AppPassword::hash)
            .findFirst();
  }

  private static String mark(String hash) {
    MessageDigest digest = Sha256.begin();
    digest.update(hash.getBytes(StandardCharsets.UTF_8));
    return Sha256.end(digest);
  }

  /** The one hash that a password has to have, and the password as it was hashed. */
  private record Credential(String password, String hash, Optional<AppPassword> app) {}

  private static Credential credential(Account account, String password) {
    Optional<String> canonical = AppPassword.canonical(password);
    return canonical
        .flatMap(
            bare ->
                account.appPasswords().stream()
                    .filter(each -> each.mark().equals(AppPassword.markOf(bare)))
                    .findFirst())
        .map(app -> new Credential(canonical.get(), app.hash(), Optional.of(app)))
        .orElseGet(() -> new Credential(password, account.passwordHash(), Optional.empty()));
  }

  private boolean isRight(Account account, Credential credential, Client client) {
    boolean allowed =
        account.enabled()
            && credential.app().map(app -> app.uses().contains(use(client))).orElse(true);
    String address = account.address().toString();
    if (allowed && cache.holds(address, credential.hash(), credential.password())) {
      return true;
    }
    boolean right = passwords.matches(credential.password(), credential.hash()) && allowed;
    if (right) {
      cache.remember(address, credential.hash(), credential.password());
    }
    return right;
  }

  private static AppPassword.Use use(Client client) {
    return client.protocol().startsWith("POP3") ? AppPassword.Use.POP3 : AppPassword.Use.SMTP;
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
