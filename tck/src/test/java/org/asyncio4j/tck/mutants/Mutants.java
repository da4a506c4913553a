package org.asyncio4j.tck.mutants;

import java.lang.reflect.Method;
import java.util.Comparator;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.asyncio4j.core.EventLoop;
import org.asyncio4j.spi.EventLoopProvider;
import org.asyncio4j.spi.LoopContext;
import org.asyncio4j.tck.kit.RuleId;

/** All mutants. A new class of mutants is one line here. */
final class Mutants {

  private static final List<Class<?>> CLASSES =
      List.of(ForeignStreamMutants.class, StreamMutants.class, ClientFaultMutants.class);

  private Mutants() {}

  /** A mutant and what it is known for. */
  record Case(RuleId rule, Set<RuleId> also, String name, EventLoopProvider provider) {

    String title() {
      return rule + " " + name;
    }
  }

  static List<Case> all() {
    return Stream.of(ofCatalogue(), ofTasks(), NetworkMutants.all())
        .flatMap(mutants -> mutants)
        .sorted(Comparator.comparing(Case::rule).thenComparing(Case::name))
        .toList();
  }

  private static Stream<Case> ofCatalogue() {
    return Catalogue.all()
        .flatMap(defects -> defects.mutants().stream())
        .map(it -> new Case(it.rule(), it.also(), it.defect(), it.provider()));
  }

  private static Stream<Case> ofTasks() {
    return CLASSES.stream()
        .flatMap(type -> Stream.of(type.getDeclaredMethods()))
        .filter(method -> method.isAnnotationPresent(Mutant.class))
        .map(Mutants::toCase);
  }

  private static Case toCase(Method method) {
    Mutant mutant = method.getAnnotation(Mutant.class);
    Set<RuleId> also = Stream.of(mutant.also()).map(RuleId::of).collect(Collectors.toSet());
    return new Case(RuleId.of(mutant.rule()), also, method.getName(), provider(method));
  }

  private static EventLoopProvider provider(Method method) {
    if (method.getParameterCount() == 0) {
      return (EventLoopProvider) invoke(method);
    }
    return new MutantProvider(context -> (EventLoop) invoke(method, context));
  }

  private static Object invoke(Method method, LoopContext... arguments) {
    try {
      return method.invoke(null, (Object[]) arguments);
    } catch (ReflectiveOperationException broken) {
      throw new LinkageError("mutant " + method.getName() + " cannot be made", broken);
    }
  }
}
