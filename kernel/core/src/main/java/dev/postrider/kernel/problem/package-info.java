/** Problems that a person has to mend: where, what, and what to write instead. */
@NullMarked
package dev.postrider.kernel.problem;

import org.jspecify.annotations.NullMarked;
