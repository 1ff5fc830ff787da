/** The pipeline's XML, ours and that of Apache James, read into the engine's records. */
@NullMarked
package dev.postrider.kernel.host.pipeline;

import org.jspecify.annotations.NullMarked;
