/** Tests of the tools around the pipeline file, on the packaged distribution. */
@NullMarked
package dev.postrider.dist.pipeline;

import org.jspecify.annotations.NullMarked;
