/** The {@code <test>} elements of a pipeline: mail in, expected fate out. */
@NullMarked
package dev.postrider.kernel.host.pipeline.tests;

import org.jspecify.annotations.NullMarked;
