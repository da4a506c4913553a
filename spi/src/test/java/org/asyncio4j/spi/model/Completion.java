package org.asyncio4j.spi.model;

import java.util.List;

/** The outcome of a statement or a future of the model. */
sealed interface Completion {

  Completion NOTHING = new Value(Show.NOTHING);

  record Value(String shown) implements Completion {}

  /** Several values; an exception among them may gain suppressed ones before it is shown. */
  record Values(List<Completion> each) implements Completion {}

  /** The body returns: the statements after it do not run. */
  record Returned(String shown) implements Completion {}

  record Raised(ModelException exception) implements Completion {}

  /** Of a future: each caller gets an exception of its own. */
  record Cancelled(String message) implements Completion {}

  static String show(Completion completion) {
    return switch (completion) {
      case Value(String shown) -> shown;
      case Values(List<Completion> each) -> each.stream().map(Completion::show).toList().toString();
      case Returned(String shown) -> shown;
      case Raised(ModelException exception) -> exception.show();
      case Cancelled(String message) -> Show.cancelled(message);
    };
  }
}
