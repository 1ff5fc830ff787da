package dev.postrider.kernel.admin;

/** The dry run of the pipeline. Thread: any, blocks for as long as the plugins do. */
@FunctionalInterface
public interface Tracer {

  /** Each processor, matcher, mailet, its decision, and the plan. */
  TraceAnswer trace(TraceRequest request);
}
