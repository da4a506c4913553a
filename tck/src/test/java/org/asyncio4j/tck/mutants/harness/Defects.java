package org.asyncio4j.tck.mutants.harness;

import java.util.ArrayList;
import java.util.List;

/** The defects that some rules find. */
public abstract class Defects {

  private final List<Defect> defects = new ArrayList<>();

  /**
   * Begins a mutant. What is wrong with it follows.
   *
   * @param rule the rule that must find the defect
   * @param what what is wrong, in one sentence
   */
  protected final Defect defect(String rule, String what) {
    Defect defect = new Defect(rule, what);
    defects.add(defect);
    return defect;
  }

  public final List<Mutant> mutants() {
    return defects.stream().map(Defect::mutant).toList();
  }
}
