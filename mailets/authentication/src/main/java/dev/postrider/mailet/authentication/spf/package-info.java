/** Sender Policy Framework (RFC 7208). */
@NullMarked
package dev.postrider.mailet.authentication.spf;

import org.jspecify.annotations.NullMarked;
