package dev.postrider.kernel.problem;

/**
 * Something a person has to mend before it can work.
 *
 * @param place where
 * @param what the offending thing by name and what is wrong with it
 * @param suggestion what to do or to write instead; empty where there is nothing to suggest
 */
public record Problem(Place place, String what, String suggestion) {

  @Override
  public String toString() {
    return place + ": " + what + (suggestion.isEmpty() ? "" : "; " + suggestion);
  }
}
