package org.asyncio4j.tck.kit;

import java.util.Comparator;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The number of a rule of SPEC.md. Ordered as in the document: 2.9 comes before 2.10.
 *
 * @param chapter the number of the chapter
 * @param number the number within the chapter
 */
public record RuleId(int chapter, int number) implements Comparable<RuleId> {

  private static final Pattern FORM = Pattern.compile("([1-9]\\d*)\\.([1-9]\\d*)");
  private static final Comparator<RuleId> ORDER =
      Comparator.comparingInt(RuleId::chapter).thenComparingInt(RuleId::number);

  /**
   * Parses a number.
   *
   * @param text for instance {@code 2.3}
   * @return the number
   * @throws IllegalArgumentException if the text is not of that form
   */
  public static RuleId of(String text) {
    Matcher matcher = FORM.matcher(text);
    if (!matcher.matches()) {
      throw new IllegalArgumentException("rule number must look like 2.3: '%s'".formatted(text));
    }
    return new RuleId(Integer.parseInt(matcher.group(1)), Integer.parseInt(matcher.group(2)));
  }

  @Override
  public int compareTo(RuleId other) {
    return ORDER.compare(this, other);
  }

  @Override
  public String toString() {
    return chapter + "." + number;
  }
}
