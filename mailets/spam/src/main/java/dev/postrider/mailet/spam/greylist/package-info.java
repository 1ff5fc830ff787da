/** Puts off mail of strangers who come for the first time. */
@NullMarked
package dev.postrider.mailet.spam.greylist;

import org.jspecify.annotations.NullMarked;
