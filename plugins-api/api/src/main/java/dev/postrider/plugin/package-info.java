/**
 * The plugin API: an immutable {@link dev.postrider.plugin.Mail} goes in, an {@link
 * dev.postrider.plugin.Outcome} comes out, the kernel acts.
 *
 * <p>Five things hold for every type here unless it says otherwise. Thread: values are immutable
 * and may be shared; matchers and mailets are called from many virtual threads at once. Time: a
 * call must end within the step deadline of the pipeline (10 s by default). Ownership: nothing has
 * to be closed by a plugin except streams it opened. Failure: an exception is a fault of the plugin
 * and is handled as the pipeline entry says ({@code onMailetException}, {@code onMatchException}).
 * Versioning: within a major version types and members are only added, and what was compiled
 * against an older minor version works; {@code @since} names the version in which a type came.
 * Sealed types that plugins make ({@code Outcome}, {@code Effect}) may get new cases, those that
 * plugins read ({@code DnsAnswer}) don't.
 */
@NullMarked
package dev.postrider.plugin;

import org.jspecify.annotations.NullMarked;
