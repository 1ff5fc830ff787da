package dev.postrider.kernel.store.rocks;

import dev.postrider.kernel.directory.AppPassword;
import dev.postrider.kernel.ledger.Fate;
import dev.postrider.plugin.BodyType;
import dev.postrider.plugin.Notify;
import dev.postrider.plugin.ReturnContent;
import java.util.function.ToIntFunction;

/** The numbers under which constants are stored; they never change their meaning. */
final class Codes {

  private Codes() {}

  static int of(Fate fate) {
    return switch (fate) {
      case DELIVERED -> 1;
      case RELAYED -> 2;
      case BOUNCED -> 3;
      case DISCARDED -> 4;
      case REFUSED -> 5;
      case EXPIRED -> 6;
      case HELD -> 7;
      case QUEUED -> 8;
      case REMOVED -> 9;
    };
  }

  static int of(Notify notify) {
    return switch (notify) {
      case NEVER -> 1;
      case SUCCESS -> 2;
      case FAILURE -> 4;
      case DELAY -> 8;
    };
  }

  static int of(BodyType type) {
    return switch (type) {
      case SEVEN_BIT -> 1;
      case EIGHT_BIT_MIME -> 2;
      case BINARY_MIME -> 3;
    };
  }

  static int of(ReturnContent wish) {
    return switch (wish) {
      case UNSTATED -> 1;
      case FULL -> 2;
      case HEADERS -> 3;
    };
  }

  static int of(AppPassword.Use use) {
    return switch (use) {
      case SMTP -> 1;
      case POP3 -> 2;
    };
  }

  static AppPassword.Use use(int code) {
    return find(AppPassword.Use.values(), Codes::of, code);
  }

  static Fate fate(int code) {
    return find(Fate.values(), Codes::of, code);
  }

  static BodyType bodyType(int code) {
    return find(BodyType.values(), Codes::of, code);
  }

  static ReturnContent returnContent(int code) {
    return find(ReturnContent.values(), Codes::of, code);
  }

  private static <E> E find(E[] values, ToIntFunction<E> codeOf, int code) {
    for (E value : values) {
      if (codeOf.applyAsInt(value) == code) {
        return value;
      }
    }
    throw new ByteReader.DamagedRow("unknown code " + code);
  }
}
