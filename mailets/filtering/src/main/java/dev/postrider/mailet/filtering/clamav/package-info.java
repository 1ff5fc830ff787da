/** Virus scanning by clamd, over its stream command. */
@NullMarked
package dev.postrider.mailet.filtering.clamav;

import org.jspecify.annotations.NullMarked;
