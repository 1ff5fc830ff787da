/** Rules with points, and what becomes of a mail by their sum. */
@NullMarked
package dev.postrider.mailet.spam.score;

import org.jspecify.annotations.NullMarked;
