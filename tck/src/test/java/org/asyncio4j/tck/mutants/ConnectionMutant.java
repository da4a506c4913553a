package org.asyncio4j.tck.mutants;

import java.util.Set;
import java.util.function.Supplier;
import org.asyncio4j.spi.EventLoopProvider;

/**
 * The correct loop with one defect in its connections.
 *
 * @param rule the rule that the defect breaks
 * @param defect what is wrong, in a few words
 * @param also other rules of the chapter that cannot but notice
 * @param tamperings makes a connection with the defect
 */
record ConnectionMutant(
    String rule, String defect, Set<String> also, Supplier<Tampering> tamperings) {

  ConnectionMutant(String rule, String defect, Supplier<Tampering> tamperings) {
    this(rule, defect, Set.of(), tamperings);
  }

  ConnectionMutant also(String... rules) {
    return new ConnectionMutant(rule, defect, Set.of(rules), tamperings);
  }

  EventLoopProvider provider() {
    return new TamperedLoops("mutant-" + rule, tamperings);
  }

  @Override
  public String toString() {
    return rule + " " + defect;
  }
}
