package org.asyncio4j.tck.run;

import java.util.Comparator;
import java.util.List;
import java.util.function.Function;
import java.util.stream.Stream;
import org.asyncio4j.tck.kit.Rule;
import org.asyncio4j.tck.probe.LoopFixture;

/**
 * A chapter of SPEC.md, as tests.
 *
 * @param number the chapter's number
 * @param title the chapter's title
 * @param type the class that holds the rules
 * @param open makes an instance for one rule
 * @param alsoInDebug whether the rules are run in debug mode as well
 */
public record Chapter(
    int number,
    String title,
    Class<?> type,
    Function<LoopFixture, Object> open,
    boolean alsoInDebug) {

  /** {@return the rules, in the order of their numbers} */
  public List<RuleCase> rules() {
    return Stream.of(type.getDeclaredMethods())
        .filter(method -> method.isAnnotationPresent(Rule.class))
        .map(method -> RuleCase.of(this, method))
        .sorted(Comparator.comparing(RuleCase::id))
        .toList();
  }

  /**
   * Returns whether these rules run on a loop.
   *
   * @param subject the loop
   * @return whether it is
   */
  public boolean appliesTo(Subject subject) {
    return alsoInDebug || !subject.debug();
  }

  /** {@return the number and the title} */
  public String heading() {
    return number + " " + title;
  }
}
