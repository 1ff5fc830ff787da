package dev.postrider.kernel.port;

/** Makes ids for mails. Thread: any. */
@FunctionalInterface
public interface Ids {

  /** A new id: 20 to 32 letters and digits, unique for ever, later ids sort after earlier ones. */
  String next();
}
