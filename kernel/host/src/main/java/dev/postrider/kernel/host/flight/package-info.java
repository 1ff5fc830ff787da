/** The flight recorder: what the last runs of the pipeline were made of, and running them again. */
@NullMarked
package dev.postrider.kernel.host.flight;

import org.jspecify.annotations.NullMarked;
