/**
 * One engine holds spool, outbound queue, mailboxes, directory and ledger, so that a plan is
 * committed in one atomic batch. The port speaks of mails, mailboxes and queue entries, never of
 * keys, SQL or files.
 */
@NullMarked
package dev.postrider.kernel.store;

import org.jspecify.annotations.NullMarked;
