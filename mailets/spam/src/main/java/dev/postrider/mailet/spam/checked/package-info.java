/** What mailets before have found out about the sender. */
@NullMarked
package dev.postrider.mailet.spam.checked;

import org.jspecify.annotations.NullMarked;
