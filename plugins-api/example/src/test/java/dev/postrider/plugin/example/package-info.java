/** How a plugin is tested with the testkit. */
@NullMarked
package dev.postrider.plugin.example;

import org.jspecify.annotations.NullMarked;
