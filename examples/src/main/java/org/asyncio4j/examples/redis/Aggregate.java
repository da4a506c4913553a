package org.asyncio4j.examples.redis;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** An array, a set, a map or another aggregate that has not arrived completely. */
final class Aggregate {

  private final char type;
  private final int size;
  private final List<Resp> items = new ArrayList<>();

  Aggregate(char type, int length) {
    this.type = type;
    this.size = type == '%' || type == '|' ? 2 * length : length;
  }

  void add(Resp item) {
    items.add(item);
  }

  boolean isComplete() {
    return items.size() == size;
  }

  boolean isAttribute() {
    return type == '|';
  }

  Resp value() {
    return switch (type) {
      case '>' -> new Resp.Push(items);
      case '%' -> new Resp.Dictionary(entries());
      default -> new Resp.Sequence(items);
    };
  }

  private Map<Resp, Resp> entries() {
    Map<Resp, Resp> entries = new LinkedHashMap<>();
    for (int i = 0; i < items.size(); i += 2) {
      entries.put(items.get(i), items.get(i + 1));
    }
    return entries;
  }
}
