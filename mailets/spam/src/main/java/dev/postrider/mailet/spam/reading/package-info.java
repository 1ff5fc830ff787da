/** What a recipient gets to see of a message. */
@NullMarked
package dev.postrider.mailet.spam.reading;

import org.jspecify.annotations.NullMarked;
