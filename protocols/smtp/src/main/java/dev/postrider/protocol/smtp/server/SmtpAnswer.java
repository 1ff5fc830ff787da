package dev.postrider.protocol.smtp.server;

import dev.postrider.kernel.intake.Acceptance;
import dev.postrider.kernel.intake.LoginResult;
import dev.postrider.kernel.intake.Verdict;
import dev.postrider.protocol.line.ContentEnd;

/** An answer to a {@link SmtpQuestion}. */
sealed interface SmtpAnswer {

  /** To Connect, Offended, Sender and Rcpt. */
  record Judged(Verdict verdict) implements SmtpAnswer {}

  /** To Login. */
  record Checked(LoginResult result) implements SmtpAnswer {}

  /** To Message and the last Chunk. */
  record Decided(Acceptance acceptance) implements SmtpAnswer {}

  /** To Message and Chunk: the content is not what it should be. */
  record Malformed(ContentEnd how) implements SmtpAnswer {}

  /** To Message and Chunk: there is no room for the content. */
  record NoRoom() implements SmtpAnswer {}

  /** To a Chunk that is not the last, and to Forget. */
  record Done() implements SmtpAnswer {}
}
