/** The engine that runs matchers and mailets and collects a plan. */
@NullMarked
package dev.postrider.kernel.pipeline;

import org.jspecify.annotations.NullMarked;
