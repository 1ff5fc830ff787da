package dev.postrider.mailet.authentication.arc;

import dev.postrider.mailet.authentication.dkim.MessageSignature;
import dev.postrider.mailet.authentication.dkim.Read;
import dev.postrider.mailet.authentication.dkim.SignatureAlgorithm;
import dev.postrider.mailet.authentication.dkim.SignatureTags;
import dev.postrider.mailet.authentication.dkim.Verdict;
import dev.postrider.plugin.HeaderField;
import java.util.List;

/**
 * What one of those who handed a message on left in its header (RFC 8617 §4.2).
 *
 * @param instance {@code i=}, from 1 on
 * @param results {@code ARC-Authentication-Results}
 * @param messageField {@code ARC-Message-Signature}
 * @param message what that says; only of the newest set it has to be sound (§5.2)
 * @param sealField {@code ARC-Seal}
 * @param seal what that says
 */
record ArcSet(
    int instance,
    HeaderField results,
    HeaderField messageField,
    Read<MessageSignature> message,
    HeaderField sealField,
    Seal seal) {

  /** The name of the field with the results. */
  static final String RESULTS = "ARC-Authentication-Results";

  /** The name of the field with the signature over header and body. */
  static final String MESSAGE = "ARC-Message-Signature";

  private static final int MAX_NAMES = 256;

  // What the public suite takes a missing c= for.
  private static final String FORM = "relaxed/relaxed";

  // That takes an empty h= for sound, too.
  private static final List<String> NO_NAMES = List.of("");

  /** Reads a signature over the message. */
  static Read<MessageSignature> message(HeaderField field) {
    SignatureTags tags = new SignatureTags(field);
    MessageSignature read = MessageSignature.read(field, tags, MAX_NAMES, FORM);
    if (read.names().stream().anyMatch(name -> name.equalsIgnoreCase(Seal.FIELD))) {
      tags.note(Verdict.PERMERROR, "the message signature covers a seal");
    }
    if (!read.coversFrom() && !read.names().equals(NO_NAMES)) {
      tags.note(Verdict.PERMERROR, "From is not signed");
    }
    if (read.algorithm() == SignatureAlgorithm.RSA_SHA1) {
      tags.note(Verdict.PERMERROR, "rsa-sha1 proves nothing any more");
    }
    return tags.fault()
        .<Read<MessageSignature>>map(Read.Faulty::new)
        .orElse(new Read.Sound<>(read));
  }
}
