/** JMH benchmarks of the hot paths. */
@NullMarked
package dev.postrider.benchmark.jmh;

import org.jspecify.annotations.NullMarked;
