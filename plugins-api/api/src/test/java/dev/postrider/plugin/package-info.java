/** The contract of the values that plugins are given and give back. */
@NullMarked
package dev.postrider.plugin;

import org.jspecify.annotations.NullMarked;
