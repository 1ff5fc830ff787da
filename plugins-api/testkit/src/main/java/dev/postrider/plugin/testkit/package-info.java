/**
 * For tests of plugins: a builder for mails, fakes of the services that the host lends, and
 * assertions on what a mailet or matcher answers. Failed assertions throw {@link AssertionError};
 * no test framework is needed.
 */
@NullMarked
package dev.postrider.plugin.testkit;

import org.jspecify.annotations.NullMarked;
