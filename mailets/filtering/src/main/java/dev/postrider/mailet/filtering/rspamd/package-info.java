/** Spam judgement by rspamd, over HTTP. */
@NullMarked
package dev.postrider.mailet.filtering.rspamd;

import org.jspecify.annotations.NullMarked;
