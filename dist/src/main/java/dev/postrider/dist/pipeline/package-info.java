/** The pipelines of a home, read with its plugins; and mails run through them again. */
@NullMarked
package dev.postrider.dist.pipeline;

import org.jspecify.annotations.NullMarked;
