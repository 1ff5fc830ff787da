/** What the spool keeps outside of the store. */
@NullMarked
package dev.postrider.kernel.host.spool;

import org.jspecify.annotations.NullMarked;
