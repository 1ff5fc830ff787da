/** Tests of what needs no peer; those with one are in the protocols' testkit. */
@NullMarked
package dev.postrider.protocol.line;

import org.jspecify.annotations.NullMarked;
