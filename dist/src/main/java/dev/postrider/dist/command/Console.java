package dev.postrider.dist.command;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import dev.postrider.dist.access.Access;
import dev.postrider.dist.home.Refusal;
import dev.postrider.kernel.admin.AdminAnswer;
import dev.postrider.kernel.admin.Administration;
import java.io.IOException;
import java.io.InputStream;
import java.io.PrintWriter;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.function.Function;

/**
 * What a command talks to.
 *
 * @param in standard input, for passwords
 * @param out results
 * @param err why something was not done
 */
record Console(InputStream in, PrintWriter out, PrintWriter err) {

  static final int DONE = 0;
  static final int REFUSED = 1;

  /** A line of the result. */
  void say(String line) {
    out.println(line);
  }

  /** Prints what was done. */
  int tell(List<String> lines) {
    lines.forEach(this::say);
    return DONE;
  }

  /** Prints the lines, or as JSON what they were made of. */
  int list(boolean asJson, Object values, List<String> lines) {
    if (asJson) {
      try {
        out.println(
            new ObjectMapper()
                .enable(SerializationFeature.INDENT_OUTPUT)
                .writeValueAsString(values));
      } catch (IOException e) {
        throw new IllegalStateException("the result can't be written as JSON", e);
      }
    } else {
      lines.forEach(this::say);
    }
    return DONE;
  }

  /** An instant in ISO 8601 to the second, which is what a person reads. */
  static String second(String instant) {
    return Instant.parse(instant).truncatedTo(ChronoUnit.SECONDS).toString();
  }

  /** Makes a change through the server of a home, or to its store, and prints what it came to. */
  int change(HomeOption home, Function<Administration, AdminAnswer> change) {
    try (Access access = Access.open(home.existing())) {
      return report(change.apply(access.administration()));
    }
  }

  /** Prints what a change came to. */
  int report(AdminAnswer answer) {
    return switch (answer) {
      case AdminAnswer.Done(String text) -> {
        say(text);
        yield DONE;
      }
      case AdminAnswer.Refused refused -> refuse(List.of(refused.text()));
    };
  }

  /** Prints a refusal. */
  int refuse(Refusal refusal) {
    return refuse(refusal.lines());
  }

  /** Prints why something was not done. */
  int refuse(List<String> lines) {
    lines.forEach(line -> err.println("postrider: " + line));
    return REFUSED;
  }
}
