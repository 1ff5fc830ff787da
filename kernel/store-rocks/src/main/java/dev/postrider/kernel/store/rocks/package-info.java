/**
 * The embedded store: content and a log of row changes in append-only segment files, the rows in
 * RocksDB, one committer thread. The log is the truth; the index can always be rebuilt from it.
 */
@NullMarked
package dev.postrider.kernel.store.rocks;

import org.jspecify.annotations.NullMarked;
