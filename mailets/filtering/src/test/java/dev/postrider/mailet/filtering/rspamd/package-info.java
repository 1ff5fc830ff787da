@NullMarked
package dev.postrider.mailet.filtering.rspamd;

import org.jspecify.annotations.NullMarked;
