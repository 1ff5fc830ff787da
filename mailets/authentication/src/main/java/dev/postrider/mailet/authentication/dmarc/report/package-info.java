/** Aggregate reports of DMARC (RFC 9990): counted, sent and read. */
@NullMarked
package dev.postrider.mailet.authentication.dmarc.report;

import org.jspecify.annotations.NullMarked;
