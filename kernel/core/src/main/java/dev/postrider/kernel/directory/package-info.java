/** Domains, accounts, aliases, groups: rows, and the rules that turn an address into accounts. */
@NullMarked
package dev.postrider.kernel.directory;

import org.jspecify.annotations.NullMarked;
