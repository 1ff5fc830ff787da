/**
 * The standard mailets and matchers: what every pipeline needs. Where Apache James has one of the
 * same name, parameters are named as there; the page {@code docs/mailets.md} lists them all.
 */
@NullMarked
package dev.postrider.mailet.standard;

import org.jspecify.annotations.NullMarked;
