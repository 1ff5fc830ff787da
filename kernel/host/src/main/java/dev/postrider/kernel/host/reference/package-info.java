/**
 * What plugins declare, for people and editors: the reference page and the XML Schema of the
 * pipeline, both from the same catalog.
 */
@NullMarked
package dev.postrider.kernel.host.reference;

import org.jspecify.annotations.NullMarked;
