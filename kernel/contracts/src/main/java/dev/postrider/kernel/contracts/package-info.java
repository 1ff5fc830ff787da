/**
 * Contract tests that every storage engine passes, the in-memory store that passes them too, and
 * virtual time. Tests of the engine that need a store live in this module's test folder.
 */
@NullMarked
package dev.postrider.kernel.contracts;

import org.jspecify.annotations.NullMarked;
