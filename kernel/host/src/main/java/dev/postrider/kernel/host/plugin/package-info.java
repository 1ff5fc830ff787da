/**
 * Plugins: one isolating class loader each, the catalog of what they offer, and making matchers and
 * mailets from declared parameters.
 */
@NullMarked
package dev.postrider.kernel.host.plugin;

import org.jspecify.annotations.NullMarked;
