/** Mail that was accepted and whose pipeline run is not committed yet; the worker that runs it. */
@NullMarked
package dev.postrider.kernel.spool;

import org.jspecify.annotations.NullMarked;
