/**
 * Signatures of domains over a message: RFC 6376 with RFC 8301 and RFC 8463.
 *
 * <p>Header text is handled as ISO-8859-1, one character per octet, as {@link
 * dev.postrider.plugin.HeaderField} keeps it.
 */
@NullMarked
package dev.postrider.mailet.authentication.dkim;

import org.jspecify.annotations.NullMarked;
