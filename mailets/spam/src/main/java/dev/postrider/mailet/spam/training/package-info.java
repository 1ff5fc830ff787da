/** Work that an administrator asks for: learn from mails, judge mails. */
@NullMarked
package dev.postrider.mailet.spam.training;

import org.jspecify.annotations.NullMarked;
