package dev.postrider.mailet.authentication.arc;

import dev.postrider.mailet.authentication.dkim.MessageSignature;
import dev.postrider.mailet.authentication.dkim.SignatureAlgorithm;
import dev.postrider.mailet.authentication.dkim.SignatureTags;
import dev.postrider.mailet.authentication.dkim.Verdict;
import dev.postrider.plugin.HeaderField;

/**
 * What one of those who handed a message on left in its header (RFC 8617 §4.2).
 *
 * @param instance {@code i=}, from 1 on
 * @param results {@code ARC-Authentication-Results}
 * @param message {@code ARC-Message-Signature}
 * @param sealField {@code ARC-Seal}
 * @param seal what that says
 */
record ArcSet(
    int instance, HeaderField results, MessageSignature message, HeaderField sealField, Seal seal) {

  /** The name of the field with the results. */
  static final String RESULTS = "ARC-Authentication-Results";

  /** The name of the field with the signature over header and body. */
  static final String MESSAGE = "ARC-Message-Signature";

  private static final int MAX_NAMES = 256;

  // What the public suite takes a missing c= for.
  private static final String FORM = "relaxed/relaxed";

  /** Reads a signature over the message; faults are noted in the tags. */
  static MessageSignature message(HeaderField field, SignatureTags tags) {
    MessageSignature read = MessageSignature.read(field, tags, MAX_NAMES, FORM);
    if (read.names().stream().anyMatch(name -> name.equalsIgnoreCase(Seal.FIELD))) {
      tags.note(Verdict.PERMERROR, "the message signature covers a seal");
    }
    if (read.algorithm() == SignatureAlgorithm.RSA_SHA1) {
      tags.note(Verdict.PERMERROR, "rsa-sha1 proves nothing any more");
    }
    return read;
  }
}
