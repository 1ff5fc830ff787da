/** The smallest complete plugin: one mailet, one matcher, and the class that names both. */
@NullMarked
package dev.postrider.plugin.example;

import org.jspecify.annotations.NullMarked;
