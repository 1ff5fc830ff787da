/** The store of a home: opened, checked, backed up and restored. */
@NullMarked
package dev.postrider.dist.storage;

import org.jspecify.annotations.NullMarked;
