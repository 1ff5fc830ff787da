package dev.postrider.dist.client;

import dev.postrider.dist.server.Launcher;
import java.nio.file.Path;

/** What tests put into a home by the command line. */
final class Homes {

  private Homes() {}

  static void addUser(Path home, String address, String password) {
    Launcher.Result added =
        Launcher.runWithInput(
            password + "\n",
            "user",
            "add",
            address,
            "--home",
            home.toString(),
            "--password-file",
            "-");
    if (added.code() != 0) {
      throw new AssertionError("user add failed: " + added);
    }
  }
}
