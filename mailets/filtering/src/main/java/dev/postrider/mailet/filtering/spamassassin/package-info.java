/** Spam scores by spamd, over its protocol SPAMC/1.5. */
@NullMarked
package dev.postrider.mailet.filtering.spamassassin;

import org.jspecify.annotations.NullMarked;
