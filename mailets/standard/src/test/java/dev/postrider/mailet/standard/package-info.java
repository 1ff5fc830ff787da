/** What each standard mailet and matcher answers, before the message is there and after. */
@NullMarked
package dev.postrider.mailet.standard;

import org.jspecify.annotations.NullMarked;
