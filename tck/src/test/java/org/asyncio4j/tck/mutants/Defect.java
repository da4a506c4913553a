package org.asyncio4j.tck.mutants;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/** Marks a loop that has exactly one defect. */
@Retention(RetentionPolicy.RUNTIME)
@Target(ElementType.TYPE)
@interface Defect {

  /** {@return the rule that the defect breaks} */
  String breaks();

  /** {@return the rules of the same chapter that the defect cannot help breaking} */
  String[] also() default {};
}
