package dev.postrider.plugin.service;

import java.util.List;

/**
 * What a lookup came to.
 *
 * @since 1.0
 */
public sealed interface DnsAnswer<T> {

  /**
   * There are records.
   *
   * @param records at least one
   * @param authenticated whether the resolver validated them with DNSSEC
   */
  record Found<T>(List<T> records, boolean authenticated) implements DnsAnswer<T> {
    /** Copies the list. */
    public Found {
      records = List.copyOf(records);
    }
  }

  /** The name exists, records of this type don't. */
  record NoData<T>() implements DnsAnswer<T> {}

  /** The name does not exist (NXDOMAIN). */
  record NoSuchName<T>() implements DnsAnswer<T> {}

  /**
   * Not known now: SERVFAIL, timeout, network. Try again later.
   *
   * @param reason for a person
   */
  record Failed<T>(String reason) implements DnsAnswer<T> {}

  /** The records, or none whatever the cause. */
  default List<T> records() {
    return switch (this) {
      case Found<T>(List<T> records, boolean _) -> records;
      case NoData<T> _, NoSuchName<T> _, Failed<T> _ -> List.of();
    };
  }
}
