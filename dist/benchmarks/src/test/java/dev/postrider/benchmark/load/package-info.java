/** Tests of the load generator. */
@NullMarked
package dev.postrider.benchmark.load;

import org.jspecify.annotations.NullMarked;
