package org.asyncio4j.examples;

import java.io.File;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** The class path or module path of an application: some of our modules, and what they need. */
final class ApplicationPath {

  private static final String LIBRARIES =
      "/(guava|failureaccess|jctools-core(-jdk11)?|jspecify)-[^/]*\\.jar";

  private ApplicationPath() {}

  /** Takes modules from the class path of this test, where they are directories or jars. */
  static String of(String... modules) {
    String names = String.join("|", modules);
    Pattern needed =
        Pattern.compile(
            ".*(/(%s)/target/(classes|.*\\.jar)|/asyncio4j-(%s)-[^/]*\\.jar|%s)"
                .formatted(names, names, LIBRARIES));
    return ForkedProgram.classPath().stream()
        .filter(entry -> needed.matcher(entry.replace('\\', '/')).matches())
        .collect(Collectors.joining(File.pathSeparator));
  }
}
