/** Shows that the testkit's assertions can fail and its fakes answer like the real services. */
@NullMarked
package dev.postrider.plugin.testkit;

import org.jspecify.annotations.NullMarked;
