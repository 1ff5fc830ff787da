/** The command line: one command, one file. */
@NullMarked
package dev.postrider.dist.command;

import org.jspecify.annotations.NullMarked;
