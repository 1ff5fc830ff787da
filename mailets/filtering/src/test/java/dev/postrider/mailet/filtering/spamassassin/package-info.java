@NullMarked
package dev.postrider.mailet.filtering.spamassassin;

import org.jspecify.annotations.NullMarked;
