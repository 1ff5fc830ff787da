package dev.postrider.kernel.directory;

import dev.postrider.plugin.EmailAddress;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;

/** Follows aliases from one address, depth first, each alias once. One walk per question. */
final class AliasWalk {

  private final Function<EmailAddress, Directory.Match> lookup;
  private final DirectoryPolicy policy;
  private final Set<EmailAddress> accounts = new LinkedHashSet<>();
  private final Set<EmailAddress> forwards = new LinkedHashSet<>();
  private final Set<String> path = new LinkedHashSet<>();
  private final Set<String> finished = new HashSet<>();
  private String targetSubaddress = "";

  AliasWalk(Function<EmailAddress, Directory.Match> lookup, DirectoryPolicy policy) {
    this.lookup = lookup;
    this.policy = policy;
  }

  Resolution resolve(EmailAddress address) {
    return switch (lookup.apply(address)) {
      case Directory.Match.Elsewhere() -> new Resolution.Remote();
      case Directory.Match.Nothing() -> new Resolution.Unknown();
      case Directory.Match.ToAccount(EmailAddress account, String subaddress) ->
          new Resolution.Local(Set.of(account), Set.of(), subaddress);
      case Directory.Match.ToAlias(Alias alias, String subaddress) -> expand(alias, subaddress);
    };
  }

  Resolution expand(Alias alias) {
    return expand(alias, "");
  }

  private Resolution expand(Alias alias, String subaddress) {
    Optional<String> fault = follow(alias);
    if (fault.isPresent()) {
      return new Resolution.Broken(fault.get());
    }
    if (accounts.isEmpty() && forwards.isEmpty()) {
      return new Resolution.Broken(
          "the alias " + alias.key() + " leads to no known address; correct its targets");
    }
    boolean inherits = subaddress.isEmpty() && accounts.size() == 1;
    return new Resolution.Local(accounts, forwards, inherits ? targetSubaddress : subaddress);
  }

  private Optional<String> follow(Alias alias) {
    if (finished.contains(alias.key())) {
      return Optional.empty();
    }
    if (!path.add(alias.key())) {
      return Optional.of(
          "the alias "
              + alias.key()
              + " leads to itself: "
              + String.join(" -> ", path)
              + " -> "
              + alias.key());
    }
    if (path.size() > policy.maxDepth()) {
      return Optional.of(
          "the alias " + path.iterator().next() + " is more than " + policy.maxDepth() + " deep");
    }
    for (EmailAddress target : alias.targets()) {
      Optional<String> fault = add(target);
      if (fault.isPresent()) {
        return fault;
      }
    }
    path.remove(alias.key());
    finished.add(alias.key());
    return Optional.empty();
  }

  private Optional<String> add(EmailAddress target) {
    switch (lookup.apply(target)) {
      case Directory.Match.Elsewhere() -> forwards.add(target);
      case Directory.Match.Nothing() -> {
        return Optional.empty();
      }
      case Directory.Match.ToAccount(EmailAddress account, String subaddress) -> {
        accounts.add(account);
        targetSubaddress = subaddress;
      }
      case Directory.Match.ToAlias(Alias alias, String ignored) -> {
        return follow(alias);
      }
    }
    return accounts.size() + forwards.size() > policy.maxAddresses()
        ? Optional.of(
            "the alias "
                + path.iterator().next()
                + " leads to more than "
                + policy.maxAddresses()
                + " addresses")
        : Optional.empty();
  }
}
