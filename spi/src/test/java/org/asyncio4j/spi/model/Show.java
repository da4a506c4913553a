package org.asyncio4j.spi.model;

import java.util.List;

/** How values and exceptions look in a trace. */
final class Show {

  static final String NOTHING = "nothing";
  static final String TIMEOUT = "timeout";
  static final String ILLEGAL_STATE = "illegal state";

  private Show() {}

  /**
   * Limits and groups of asyncio cancel without a message, ours with a reason for the reader: such
   * a text is no part of the contract.
   */
  static String cancelled(String message) {
    return message != null && message.matches("m\\d+") ? "cancelled(" + message + ")" : "cancelled";
  }

  static String failure(String message) {
    return "failure(" + message + ")";
  }

  static String exception(String bare, List<String> suppressed) {
    return suppressed.isEmpty() ? bare : bare + " & " + suppressed;
  }

  static String event(long time, String task, String text) {
    return "%3d %s %s".formatted(time, task, text);
  }

  static String end(String future, String outcome) {
    return "end " + future + " " + outcome;
  }
}
