package org.asyncio4j.examples.redis;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.ByteArrayOutputStream;
import java.math.BigInteger;
import java.nio.ByteBuffer;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.function.Consumer;
import org.asyncio4j.examples.redis.Resp.Big;
import org.asyncio4j.examples.redis.Resp.Nil;
import org.asyncio4j.examples.redis.Resp.Real;
import org.asyncio4j.examples.redis.Resp.Refusal;
import org.asyncio4j.examples.redis.Resp.Text;
import org.asyncio4j.examples.redis.Resp.Truth;
import org.asyncio4j.examples.redis.Resp.Whole;
import org.jspecify.annotations.Nullable;

/**
 * Parses RESP versions 2 and 3, in pieces of any size. Parsed bytes are not parsed again when the
 * next piece arrives, and memory use is proportional to the bytes that the peer has sent.
 */
final class RespParser {

  private static final int MAX_LINE = 64 * 1024;
  private static final int MAX_BLOB = 512 * 1024 * 1024;
  private static final int MAX_ITEMS = Integer.MAX_VALUE / 2;
  private static final int MAX_DEPTH = 32;

  private final Consumer<? super Resp> onValue;
  private final ByteArrayOutputStream line = new ByteArrayOutputStream();
  private final Deque<Aggregate> open = new ArrayDeque<>();
  private @Nullable BlobBuilder blob;

  /**
   * Creates a parser.
   *
   * @param onValue receives every complete value, from within {@link #feed}
   */
  RespParser(Consumer<? super Resp> onValue) {
    this.onValue = onValue;
  }

  /**
   * Takes the next piece.
   *
   * @param data the bytes from position to limit; afterwards the position is at the limit
   * @throws RespException if the data is not RESP; the parser must not be used again
   */
  void feed(ByteBuffer data) throws RespException {
    while (data.hasRemaining()) {
      if (blob != null) {
        Resp whole = blob.take(data);
        if (whole != null) {
          blob = null;
          complete(whole);
        }
      } else if (endsLine(data.get())) {
        String text = line.toString(UTF_8);
        line.reset();
        begin(text);
      }
    }
  }

  private boolean endsLine(byte next) throws RespException {
    if (next != '\n') {
      if (line.size() >= MAX_LINE) {
        throw new RespException(
            "cannot read a line: it is longer than %d bytes".formatted(MAX_LINE));
      }
      line.write(next);
      return false;
    }
    return true;
  }

  private void begin(String text) throws RespException {
    if (text.length() < 2 || text.charAt(text.length() - 1) != '\r') {
      throw new RespException(
          "line must have a type and end with CR LF: '%s'".formatted(text.strip()));
    }
    char type = text.charAt(0);
    String rest = text.substring(1, text.length() - 1);
    switch (type) {
      case '$', '!', '=' -> beginBlob(type, rest);
      case '*', '~', '>', '%', '|' -> beginAggregate(type, rest);
      default -> complete(simple(type, rest));
    }
  }

  private static Resp simple(char type, String rest) throws RespException {
    try {
      return switch (type) {
        case '+' -> new Text(rest);
        case '-' -> new Refusal(rest);
        case ':' -> new Whole(Long.parseLong(rest));
        case '(' -> new Big(new BigInteger(rest));
        case ',' -> new Real(real(rest));
        case '_' -> new Nil();
        case '#' ->
            switch (rest) {
              case "t" -> new Truth(true);
              case "f" -> new Truth(false);
              default -> throw new RespException("boolean must be t or f: '" + rest + "'");
            };
        default ->
            throw new RespException(
                "type must be a RESP type: '%s' before '%s'".formatted(type, rest));
      };
    } catch (NumberFormatException wrong) {
      throw new RespException("a number must follow '%s': '%s'".formatted(type, rest), wrong);
    }
  }

  private static double real(String text) {
    return switch (text) {
      case "inf" -> Double.POSITIVE_INFINITY;
      case "-inf" -> Double.NEGATIVE_INFINITY;
      case "nan" -> Double.NaN;
      default -> Double.parseDouble(text);
    };
  }

  private void beginBlob(char type, String rest) throws RespException {
    int length = count(type, rest, MAX_BLOB);
    if (length < 0) {
      complete(new Nil());
    } else {
      blob = new BlobBuilder(type, length);
    }
  }

  private void beginAggregate(char type, String rest) throws RespException {
    int length = count(type, rest, MAX_ITEMS);
    if (length < 0) {
      complete(new Nil());
      return;
    }
    if (open.size() >= MAX_DEPTH) {
      throw new RespException(
          "cannot read a value: it is nested more than %d deep".formatted(MAX_DEPTH));
    }
    Aggregate begun = new Aggregate(type, length);
    if (!begun.isComplete()) {
      open.push(begun);
    } else if (!begun.isAttribute()) {
      complete(begun.value());
    }
  }

  private void complete(Resp value) {
    Resp done = value;
    while (!open.isEmpty()) {
      Aggregate parent = open.element();
      parent.add(done);
      if (!parent.isComplete()) {
        return;
      }
      open.pop();
      if (parent.isAttribute()) { // attributes describe the value that follows; they are ignored
        return;
      }
      done = parent.value();
    }
    onValue.accept(done);
  }

  /** Returns a length, or -1 for the absent values of version 2. */
  private static int count(char type, String rest, int max) throws RespException {
    if (rest.equals("-1") && (type == '$' || type == '*')) {
      return -1;
    }
    if (!rest.matches("\\d{1,10}") || Long.parseLong(rest) > max) {
      throw new RespException(
          "length after '%s' must be between 0 and %d: '%s'".formatted(type, max, rest));
    }
    return Integer.parseInt(rest);
  }
}
