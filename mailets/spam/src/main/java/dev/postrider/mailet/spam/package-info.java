/** Judges whether a mail is wanted. */
@NullMarked
package dev.postrider.mailet.spam;

import org.jspecify.annotations.NullMarked;
