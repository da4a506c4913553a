package org.asyncio4j.tck.mutants;

import static org.assertj.core.api.Assertions.assertThat;

import java.lang.reflect.Constructor;
import java.lang.reflect.InvocationTargetException;
import java.time.Duration;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.asyncio4j.core.EventLoop;
import org.asyncio4j.loop.nio.NioEventLoopProvider;
import org.asyncio4j.spi.Availability;
import org.asyncio4j.spi.Capability;
import org.asyncio4j.spi.CoroutineMode;
import org.asyncio4j.spi.EventLoopProvider;
import org.asyncio4j.spi.LoopContext;
import org.asyncio4j.tck.kit.TckSettings;
import org.asyncio4j.tck.rules.Chapters;
import org.asyncio4j.tck.run.RuleCase;
import org.asyncio4j.tck.run.RuleResult;
import org.asyncio4j.tck.run.RuleRunner;
import org.asyncio4j.tck.run.Subject;
import org.asyncio4j.tck.run.Verdict;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Puts each mutant of the network chapters to the rules of its chapter. */
final class NetworkMutantsTest {

  private static final TckSettings SETTINGS =
      TckSettings.defaults()
          .withPatience(Duration.ofMillis(900))
          .withRuleLimit(Duration.ofSeconds(3));

  /** Has the JDK open what it opens only once. */
  @BeforeAll
  static void warmUp() {
    Subject correct = new Subject(new NioEventLoopProvider(), CoroutineMode.CARRIER, false);
    rules()
        .filter(rule -> rule.id().toString().equals("7.1"))
        .forEach(rule -> new RuleRunner(SETTINGS).run(rule, correct));
  }

  static Stream<Class<?>> mutants() {
    return Stream.of(
            HookCallMutants.class,
            TransportMutants.class,
            ClientMutants.class,
            ClientLifeMutants.class,
            ServerMutants.class,
            ServerAcceptMutants.class,
            ServerLifeMutants.class)
        .flatMap(family -> Stream.of(family.getDeclaredClasses()))
        .filter(type -> type.isAnnotationPresent(Defect.class));
  }

  @ParameterizedTest
  @MethodSource("mutants")
  void aMutantBreaksItsRuleAndNoOther(Class<?> mutant) {
    Defect defect = mutant.getAnnotation(Defect.class);
    Subject subject = new Subject(new MutantProvider(mutant), CoroutineMode.CARRIER, false);
    Set<String> allowed = new TreeSet<>(List.of(defect.also()));
    allowed.add(defect.breaks());
    String chapter = defect.breaks().substring(0, defect.breaks().indexOf('.') + 1);

    Map<String, String> broken = new TreeMap<>();
    rules()
        .filter(rule -> rule.id().toString().startsWith(chapter))
        .map(rule -> new RuleRunner(SETTINGS).run(rule, subject))
        .filter(result -> result.verdict().isViolation())
        .forEach(result -> broken.put(number(result), message(result)));

    assertThat(broken).containsKey(defect.breaks());
    assertThat(broken.get(defect.breaks())).doesNotStartWith(Verdict.KIT_BUG.name());
    broken.keySet().removeAll(allowed);
    assertThat(broken).as("other rules that break").isEmpty();
  }

  @Test
  void eachRuleOfTheChaptersHasAMutant() {
    Set<String> broken = new TreeSet<>();
    mutants().forEach(mutant -> broken.add(mutant.getAnnotation(Defect.class).breaks()));

    assertThat(rules().map(rule -> rule.id().toString()).filter(id -> id.matches("[789]\\..*")))
        .containsExactlyInAnyOrderElementsOf(broken);
  }

  private static String number(RuleResult result) {
    return result.rule().id().toString();
  }

  private static String message(RuleResult result) {
    return result.verdict() + " " + result.message();
  }

  private static Stream<RuleCase> rules() {
    return Chapters.all().stream().flatMap(chapter -> chapter.rules().stream());
  }

  private record MutantProvider(Class<?> mutant) implements EventLoopProvider {

    @Override
    public String name() {
      return "mutant";
    }

    @Override
    public Availability availability() {
      return Availability.available();
    }

    @Override
    public Set<Capability> capabilities() {
      return mutant == TransportMutants.DoesMoreThanItDeclares.class
          ? Set.of()
          : EnumSet.allOf(Capability.class);
    }

    @Override
    public EventLoop open(LoopContext context) {
      try {
        Constructor<?> constructor = mutant.getDeclaredConstructor(LoopContext.class);
        return (EventLoop) constructor.newInstance(context);
      } catch (InvocationTargetException failed) {
        throw new IllegalStateException(failed.getCause());
      } catch (ReflectiveOperationException impossible) {
        throw new LinkageError(impossible.getMessage(), impossible);
      }
    }
  }
}
