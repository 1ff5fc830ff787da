package dev.postrider.dist.command;

import java.util.Optional;
import picocli.CommandLine.Option;

/** {@code --password-file F|-}. */
final class PasswordOption {

  @Option(
      names = "--password-file",
      paramLabel = "F",
      description =
          "the password is the first line of this file, or of standard input for '-';"
              + " without it one is made and printed once")
  private Optional<String> file = Optional.empty();

  /** The password asked for, or a new one. */
  Choice choose(Console console) {
    return file.map(name -> new Choice(PasswordSource.read(name, console.in()), false))
        .orElseGet(() -> new Choice(PasswordSource.make(), true));
  }

  /**
   * A password.
   *
   * @param made whether it has to be shown because nobody knows it yet
   */
  record Choice(String password, boolean made) {
    void show(Console console) {
      if (made) {
        console.say("password: " + password + "   (shown only now)");
      }
    }

    @Override
    public String toString() {
      return "****";
    }
  }
}
