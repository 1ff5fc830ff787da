/**
 * Services that the host lends to plugins; ask for them as constructor parameters without {@link
 * dev.postrider.plugin.Param}. Besides these, {@link java.time.InstantSource} and {@link
 * java.lang.System.Logger} can be asked for.
 */
@NullMarked
package dev.postrider.plugin.service;

import org.jspecify.annotations.NullMarked;
