/**
 * XML files as trees that know their lines, with environment variables filled in and every problem
 * collected.
 */
@NullMarked
package dev.postrider.kernel.host.xml;

import org.jspecify.annotations.NullMarked;
