/**
 * Runs a pipeline file in a unit test, with the host's own reader, loader and engine: {@link
 * dev.postrider.plugin.testkit.pipeline.PipelineFile} is the start. No network, no store, a clock
 * that stands still.
 */
@NullMarked
package dev.postrider.plugin.testkit.pipeline;

import org.jspecify.annotations.NullMarked;
