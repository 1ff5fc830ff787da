package dev.postrider.kernel.host.plugin;

import dev.postrider.kernel.problem.Place;

/**
 * A parameter as the XML gives it.
 *
 * @param name the element's name
 * @param text its text
 * @param place where
 */
public record GivenParameter(String name, String text, Place place) {}
