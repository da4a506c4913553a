package org.asyncio4j.tck.mutants;

import module java.base;

import org.asyncio4j.tck.mutants.harness.Mutant;

/** All mutants. */
final class Mutants {

  private Mutants() {}

  static List<Mutant> all() {
    return Catalogue.all()
        .flatMap(defects -> defects.mutants().stream())
        .sorted(Comparator.comparing(Mutant::rule).thenComparing(Mutant::defect))
        .toList();
  }
}
