package dev.postrider.kernel.store.rocks;

import dev.postrider.kernel.directory.Account;
import dev.postrider.kernel.directory.Alias;
import dev.postrider.kernel.directory.LocalDomain;
import dev.postrider.plugin.EmailAddress;
import java.util.ArrayList;
import java.util.List;

/** The rows of the directory. */
final class DirectoryCodec {

  private DirectoryCodec() {}

  static void write(ByteWriter out, LocalDomain domain) {
    out.u8(1).string(domain.name());
  }

  static LocalDomain domain(byte[] row) {
    return new LocalDomain(new ByteReader(row).version(1).string());
  }

  static void write(ByteWriter out, Account account) {
    out.u8(1);
    EnvelopeCodec.write(out, account.address());
    out.string(account.passwordHash()).flag(account.enabled());
  }

  static Account account(byte[] row) {
    ByteReader in = new ByteReader(row).version(1);
    return new Account(EnvelopeCodec.address(in), in.string(), in.flag());
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
