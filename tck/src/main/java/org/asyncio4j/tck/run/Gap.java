package org.asyncio4j.tck.run;

/**
 * Something that was to be judged and was not. A run that has gaps is not green.
 *
 * @param what the loop, engine or rules
 * @param reason why, and what to do about it
 */
public record Gap(String what, String reason) {

  @Override
  public String toString() {
    return "not judged: %s: %s".formatted(what, reason);
  }
}
