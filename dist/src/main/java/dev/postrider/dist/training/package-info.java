/** Mails in files, shown to the spam check. */
@NullMarked
package dev.postrider.dist.training;

import org.jspecify.annotations.NullMarked;
