package org.example.recipes;

import java.util.Locale;

/** What a program prints that has both loops and all flags. */
final class Loops {

  private Loops() {}

  static String best() {
    boolean linux = System.getProperty("os.name").equals("Linux");
    String processor = System.getProperty("os.arch").toLowerCase(Locale.ROOT);
    boolean known = processor.equals("amd64") || processor.equals("aarch64");
    return linux && known ? "epoll" : "nio";
  }

  static String bestIsRunning() {
    return "running <EventLoop %s carrier running>".formatted(best());
  }
}
