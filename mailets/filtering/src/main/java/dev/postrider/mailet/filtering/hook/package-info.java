/** The HTTP hook: a mail as JSON to a service, its decision as JSON back. */
@NullMarked
package dev.postrider.mailet.filtering.hook;

import org.jspecify.annotations.NullMarked;
