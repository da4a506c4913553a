package org.asyncio4j.tck.mutants;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * Marks a static method that makes a correct loop with exactly one defect: from a {@code
 * LoopContext}, or as a provider.
 */
@Retention(RetentionPolicy.RUNTIME)
@Target(ElementType.METHOD)
@interface Mutant {

  /** The rule that the defect breaks. */
  String rule();

  /** Rules of the same chapter that the defect cannot help breaking. */
  String[] also() default {};
}
