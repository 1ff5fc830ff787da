/**
 * A client of the milter protocol, version 6, as libmilter speaks it: frames, negotiation, the
 * phases of a mail, and what the milter wants changed.
 */
@NullMarked
package dev.postrider.mailet.filtering.milter;

import org.jspecify.annotations.NullMarked;
