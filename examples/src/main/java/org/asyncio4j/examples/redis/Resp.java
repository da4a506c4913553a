package org.asyncio4j.examples.redis;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.math.BigInteger;
import java.util.Arrays;
import java.util.List;
import java.util.Map;

/** A value of RESP, the protocol of Redis, version 2 or 3. */
sealed interface Resp {

  /** A short text without a line break: a status. */
  record Text(String value) implements Resp {}

  /** An error reply to a command. */
  record Refusal(String message) implements Resp {}

  /** A 64-bit number. */
  record Whole(long value) implements Resp {}

  /** A floating-point number. */
  record Real(double value) implements Resp {}

  /** A number of any length. */
  record Big(BigInteger value) implements Resp {}

  /** Yes or no. */
  record Truth(boolean value) implements Resp {}

  /** No value. */
  record Nil() implements Resp {}

  /** An array or a set. */
  record Sequence(List<Resp> items) implements Resp {

    /** Checks the components. */
    public Sequence {
      items = List.copyOf(items);
    }
  }

  /** A map; if keys are equal, the last one counts. */
  record Dictionary(Map<Resp, Resp> entries) implements Resp {

    /** Checks the components. */
    public Dictionary {
      entries = Map.copyOf(entries);
    }
  }

  /** A message that the server sends without a request, such as a message of a channel. */
  record Push(List<Resp> items) implements Resp {

    /** Checks the components. */
    public Push {
      items = List.copyOf(items);
    }
  }

  /** Bytes; the array belongs to the receiver of the value. */
  @SuppressWarnings("ArrayRecordComponent") // compared by content, below
  record Blob(byte[] bytes) implements Resp {

    /** {@return the bytes as text} */
    String text() {
      return new String(bytes, UTF_8);
    }

    @Override
    public boolean equals(Object other) {
      return other instanceof Blob blob && Arrays.equals(bytes, blob.bytes);
    }

    @Override
    public int hashCode() {
      return Arrays.hashCode(bytes);
    }

    @Override
    public String toString() {
      return bytes.length > 64 ? "Blob[%d bytes]".formatted(bytes.length) : "Blob[" + text() + "]";
    }
  }
}
