package org.asyncio4j.tck.run;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.util.EnumSet;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.asyncio4j.spi.Capability;
import org.asyncio4j.tck.kit.Direct;
import org.asyncio4j.tck.kit.Requires;
import org.asyncio4j.tck.kit.Rule;
import org.asyncio4j.tck.kit.RuleId;
import org.asyncio4j.tck.probe.LoopFixture;
import org.jspecify.annotations.Nullable;

/**
 * The test of one rule.
 *
 * @param chapter its chapter
 * @param id the rule's number
 * @param method the test
 */
public record RuleCase(Chapter chapter, RuleId id, Method method) {

  static RuleCase of(Chapter chapter, Method method) {
    RuleId id = RuleId.of(method.getAnnotation(Rule.class).value());
    if (id.chapter() != chapter.number()) {
      throw new IllegalArgumentException(
          "rules of chapter %d must have its number: %s has %s"
              .formatted(chapter.number(), method.getName(), id));
    }
    return new RuleCase(chapter, id, method);
  }

  /** {@return the fact that the rule states, as its method is named} */
  public String sentence() {
    return method
        .getName()
        .replaceAll("(?<=[a-z0-9])(?=[A-Z])|(?<=[A-Z])(?=[A-Z][a-z])", " ")
        .toLowerCase(Locale.ROOT);
  }

  /** {@return the number and the fact} */
  public String title() {
    return id + " " + sentence();
  }

  Set<Capability> requires() {
    EnumSet<Capability> needed = EnumSet.noneOf(Capability.class);
    Stream.of(method.getAnnotation(Requires.class), chapter.type().getAnnotation(Requires.class))
        .filter(annotation -> annotation != null)
        .forEach(annotation -> needed.addAll(Set.of(annotation.value())));
    return needed;
  }

  /** {@return the reason if no relay may be between the loop and its peer} */
  public Optional<String> direct() {
    return Optional.ofNullable(method.getAnnotation(Direct.class)).map(Direct::value);
  }

  void run(LoopFixture fixture) throws Throwable {
    Object instance = chapter.open().apply(fixture);
    method.setAccessible(true);
    try {
      @Nullable Object ignored = method.invoke(instance);
    } catch (InvocationTargetException thrown) {
      throw thrown.getCause() == null ? thrown : thrown.getCause();
    }
  }
}
