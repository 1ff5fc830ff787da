/**
 * What asking a daemon at a socket takes, whatever is said there: address, connection, patience.
 */
@NullMarked
package dev.postrider.mailet.filtering.daemon;

import org.jspecify.annotations.NullMarked;
