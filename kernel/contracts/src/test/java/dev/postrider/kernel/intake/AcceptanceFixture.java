package dev.postrider.kernel.intake;

import static dev.postrider.kernel.intake.Platform.TEXT;
import static dev.postrider.kernel.intake.Platform.envelope;
import static dev.postrider.kernel.intake.Platform.stranger;

import org.junit.jupiter.api.AfterEach;

/** A platform that the tests hand mails to. */
abstract class AcceptanceFixture {

  static final String SENDER = "s@remote.example";
  final Platform platform = new Platform();

  @AfterEach
  void close() {
    platform.close();
  }

  Acceptance accept(String... recipients) {
    return platform.message(stranger(), envelope(SENDER, recipients), TEXT);
  }
}
