package org.asyncio4j;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.lang.reflect.AnnotatedElement;
import java.lang.reflect.AnnotatedType;
import java.lang.reflect.AnnotatedTypeVariable;
import java.lang.reflect.Executable;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.lang.reflect.RecordComponent;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** The rule about absence in CONTRIBUTING.md, for all that the module exports. */
class AbsenceTest {

  private static final Set<Class<?>> OPTIONALS =
      Set.of(Optional.class, OptionalInt.class, OptionalLong.class);

  @Test
  void returnedValuesAreOptionalAndNeverNull() throws Exception {
    Set<String> nullable = new TreeSet<>();
    for (Class<?> type : exported()) {
      for (Method method : type.getDeclaredMethods()) {
        if (isOffered(method) && isNullable(method.getAnnotatedReturnType())) {
          nullable.add(method.toString());
        }
      }
    }
    assertThat(nullable).isEmpty();
  }

  @Test
  void argumentsAreNeverOptional() throws Exception {
    Set<String> optional = new TreeSet<>();
    for (Class<?> type : exported()) {
      List<Executable> executables = new ArrayList<>(List.of(type.getDeclaredMethods()));
      // The constructor of a record takes its components, which the record returns.
      if (!type.isRecord()) {
        executables.addAll(List.of(type.getDeclaredConstructors()));
      }
      for (Executable executable : executables) {
        if (isOffered(executable)
            && Stream.of(executable.getParameterTypes()).anyMatch(OPTIONALS::contains)) {
          optional.add(executable.toString());
        }
      }
    }
    assertThat(optional).isEmpty();
  }

  @Test
  void componentsOfRecordsAreNeverNull() throws Exception {
    Set<String> nullable = new TreeSet<>();
    for (Class<?> type : exported()) {
      if (type.isRecord()) {
        for (RecordComponent component : type.getRecordComponents()) {
          if (isNullable(component.getAnnotatedType())) {
            nullable.add(component.toString());
          }
        }
      }
    }
    assertThat(nullable).isEmpty();
  }

  /** The nullness of a type parameter's value is that of the user's type. */
  private static boolean isNullable(AnnotatedType type) {
    return !(type instanceof AnnotatedTypeVariable)
        && ((AnnotatedElement) type).isAnnotationPresent(Nullable.class);
  }

  private static boolean isOffered(Executable executable) {
    return !executable.isSynthetic()
        && (Modifier.isPublic(executable.getModifiers())
            || Modifier.isProtected(executable.getModifiers()));
  }

  private static List<Class<?>> exported() throws IOException, URISyntaxException {
    Path root = Path.of(Asyncio.class.getProtectionDomain().getCodeSource().getLocation().toURI());
    List<Class<?>> types = new ArrayList<>();
    try (Stream<Path> files = Files.walk(root)) {
      for (Path file : files.filter(path -> path.toString().endsWith(".class")).toList()) {
        String name =
            root.relativize(file).toString().replace(file.getFileSystem().getSeparator(), ".");
        if (!name.contains(".internal.") && !name.matches("module-info.*|.*package-info.*")) {
          addIfPublic(types, name.substring(0, name.length() - ".class".length()));
        }
      }
    }
    assertThat(types).contains(Asyncio.class);
    return types;
  }

  private static void addIfPublic(List<Class<?>> types, String name) {
    try {
      Class<?> type = Class.forName(name, false, Asyncio.class.getClassLoader());
      if (Modifier.isPublic(type.getModifiers())) {
        types.add(type);
      }
    } catch (ClassNotFoundException impossible) {
      throw new IllegalStateException(impossible);
    }
  }
}
