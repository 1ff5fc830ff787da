/**
 * Services that the host lends to plugins; ask for them as constructor parameters without {@link
 * dev.postrider.plugin.Param}. Besides these, {@link java.time.InstantSource} and {@link
 * java.lang.System.Logger} can be asked for.
 *
 * <p>The five things, where a type does not say otherwise. Thread: any; a service is shared by all
 * that asked for it. Time: a call may block the virtual thread it is made on, within the step
 * deadline. Ownership: services belong to the host and are never closed by a plugin; what they
 * answer is immutable or a copy. Failure: what the world does is an answer or said by a documented
 * exception; a wrong argument is an {@link IllegalArgumentException}. Versioning: methods are only
 * added to services within a major version, so a test double that implements one directly may have
 * to follow; those of the testkit do.
 */
@NullMarked
package dev.postrider.plugin.service;

import org.jspecify.annotations.NullMarked;
