/** Tests of this package. */
@NullMarked
package dev.postrider.plugin.testkit.pipeline;

import org.jspecify.annotations.NullMarked;
