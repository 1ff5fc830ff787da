/** What is proved of a pipeline before it is used, one kind of proof per class. */
@NullMarked
package dev.postrider.kernel.pipeline.proof;

import org.jspecify.annotations.NullMarked;
