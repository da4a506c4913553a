package org.asyncio4j.spi.model;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/** An exception of the model; like those of Java it is one object for all observers. */
final class ModelException {

  enum Kind {
    CANCELLED,
    FAILURE,
    TIMEOUT,
    ILLEGAL_STATE
  }

  private final Kind kind;
  private final String message;
  private final List<ModelException> suppressed = new ArrayList<>();

  ModelException(Kind kind, String message) {
    this.kind = kind;
    this.message = message;
  }

  static ModelException cancelled(String message) {
    return new ModelException(Kind.CANCELLED, message);
  }

  boolean isCancelled() {
    return kind == Kind.CANCELLED;
  }

  String message() {
    return message;
  }

  void suppress(ModelException other) {
    suppressed.add(other);
  }

  boolean suppresses(ModelException other) {
    return suppressed.contains(other);
  }

  String show() {
    return Show.exception(
        bare(), suppressed.stream().map(ModelException::bare).collect(Collectors.toList()));
  }

  private String bare() {
    return switch (kind) {
      case CANCELLED -> Show.cancelled(message);
      case FAILURE -> Show.failure(message);
      case TIMEOUT -> Show.TIMEOUT;
      case ILLEGAL_STATE -> Show.ILLEGAL_STATE;
    };
  }
}
