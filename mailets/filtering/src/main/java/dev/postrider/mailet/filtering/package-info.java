/** Mailets that ask filters outside of the server. */
@NullMarked
package dev.postrider.mailet.filtering;

import org.jspecify.annotations.NullMarked;
