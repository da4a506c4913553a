package org.asyncio4j.spi.model;

/** The exception that a program throws. */
final class ProgramFailure extends Exception {

  private static final long serialVersionUID = 1;

  ProgramFailure(String message) {
    super(message);
  }
}
