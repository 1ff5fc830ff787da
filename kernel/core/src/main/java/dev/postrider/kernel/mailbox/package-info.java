/** Mailboxes of local accounts as protocols see them. */
@NullMarked
package dev.postrider.kernel.mailbox;

import org.jspecify.annotations.NullMarked;
