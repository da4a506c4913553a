package org.asyncio4j.spi.completion;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;

/**
 * The operations of a system that are under way, and the memory that they use: none may be used
 * twice, or be changed by others.
 */
final class ScriptedOperations {

  private final Map<byte[], Object> inUse = new IdentityHashMap<>();
  private int allocated;

  /** On the heap, so that buffers that share memory can be recognized. */
  ByteBuffer allocate(int bytes) {
    allocated++;
    return ByteBuffer.allocate(bytes);
  }

  int allocated() {
    return allocated;
  }

  int underWay() {
    return (int) inUse.values().stream().distinct().count();
  }

  /** One operation and the bytes that it must find unchanged when it ends. */
  final class Operation {

    final List<ByteBuffer> buffers;
    final Completion completion;
    private final List<ByteBuffer> before = new ArrayList<>();

    private Operation(List<ByteBuffer> buffers, Completion completion) {
      this.buffers = buffers;
      this.completion = completion;
    }

    /** Ends the operation: the memory is the application's again. */
    void end(Consumer<Completion> report) {
      for (int i = 0; i < buffers.size(); i++) {
        ByteBuffer now = whole(buffers.get(i));
        assertThat(now).as("memory of an operation that is under way").isEqualTo(before.get(i));
        inUse.remove(buffers.get(i).array());
      }
      report.accept(completion);
    }
  }

  Operation start(List<ByteBuffer> buffers, Completion completion) {
    Operation operation = new Operation(buffers, completion);
    for (ByteBuffer buffer : buffers) {
      Object other = inUse.put(buffer.array(), operation);
      assertThat(other).as("the operation that uses this memory already").isNull();
      ByteBuffer copy = ByteBuffer.allocate(buffer.remaining());
      copy.put(0, buffer, buffer.position(), buffer.remaining());
      operation.before.add(copy);
    }
    return operation;
  }

  private static ByteBuffer whole(ByteBuffer buffer) {
    return buffer.slice(buffer.position(), buffer.remaining());
  }
}
