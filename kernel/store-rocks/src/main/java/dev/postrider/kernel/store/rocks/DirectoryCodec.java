package dev.postrider.kernel.store.rocks;

import dev.postrider.kernel.directory.Account;
import dev.postrider.kernel.directory.Alias;
import dev.postrider.kernel.directory.AppPassword;
import dev.postrider.kernel.directory.LocalDomain;
import dev.postrider.plugin.EmailAddress;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;

/** The rows of the directory. */
final class DirectoryCodec {

  private DirectoryCodec() {}

  static void write(ByteWriter out, LocalDomain domain) {
    out.u8(1).string(domain.name());
  }

  static LocalDomain domain(byte[] row) {
    return new LocalDomain(new ByteReader(row).version(1).string());
  }

  // Version 1 is an account without app passwords.
  static void write(ByteWriter out, Account account) {
    List<AppPassword> appPasswords = account.appPasswords();
    out.u8(appPasswords.isEmpty() ? 1 : 2);
    EnvelopeCodec.write(out, account.address());
    out.string(account.passwordHash()).flag(account.enabled());
    if (!appPasswords.isEmpty()) {
      out.varint(appPasswords.size());
      appPasswords.forEach(each -> write(out, each));
    }
  }

  private static void write(ByteWriter out, AppPassword password) {
    out.string(password.name()).string(password.mark()).string(password.hash());
    out.varint(password.uses().size());
    password.uses().forEach(use -> out.u8(Codes.of(use)));
    out.instant(password.madeAt());
  }

  static Account account(byte[] row) {
    ByteReader in = new ByteReader(row);
    int version = in.version(1, 2);
    Account account = new Account(EnvelopeCodec.address(in), in.string(), in.flag());
    if (version == 1) {
      return account;
    }
    int count = in.count();
    List<AppPassword> appPasswords = new ArrayList<>(count);
    for (int i = 0; i < count; i++) {
      appPasswords.add(appPassword(in));
    }
    return account.withAppPasswords(appPasswords);
  }

  private static AppPassword appPassword(ByteReader in) {
    String name = in.string();
    String mark = in.string();
    String hash = in.string();
    Set<AppPassword.Use> uses = EnumSet.noneOf(AppPassword.Use.class);
    for (int left = in.count(); left > 0; left--) {
      uses.add(Codes.use(in.u8()));
    }
    return new AppPassword(name, mark, hash, uses, in.instant());
  }

  static void write(ByteWriter out, Alias alias) {
    out.u8(1).string(alias.key()).varint(alias.targets().size());
    alias.targets().forEach(target -> EnvelopeCodec.write(out, target));
  }

  static Alias alias(byte[] row) {
    ByteReader in = new ByteReader(row).version(1);
    String key = in.string();
    int count = in.count();
    List<EmailAddress> targets = new ArrayList<>(count);
    for (int i = 0; i < count; i++) {
      targets.add(EnvelopeCodec.address(in));
    }
    return new Alias(key, targets);
  }
}
