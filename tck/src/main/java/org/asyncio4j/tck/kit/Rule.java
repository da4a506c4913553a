package org.asyncio4j.tck.kit;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * Marks the test of one rule of SPEC.md. The method takes no parameter, and its name is the fact as
 * a sentence. It returns if the loop keeps the rule and throws if it does not.
 */
@Documented
@Retention(RetentionPolicy.RUNTIME)
@Target(ElementType.METHOD)
public @interface Rule {

  /** {@return the rule's number, for instance {@code 2.3}} */
  String value();
}
