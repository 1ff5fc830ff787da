/** The fate of every recipient. */
@NullMarked
package dev.postrider.kernel.ledger;

import org.jspecify.annotations.NullMarked;
