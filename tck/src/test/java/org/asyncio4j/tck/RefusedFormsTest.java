package org.asyncio4j.tck;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.StringWriter;
import java.net.URI;
import java.net.URISyntaxException;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import javax.tools.Diagnostic;
import javax.tools.DiagnosticCollector;
import javax.tools.JavaCompiler;
import javax.tools.JavaFileObject;
import javax.tools.SimpleJavaFileObject;
import javax.tools.ToolProvider;
import org.asyncio4j.Asyncio;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The compiler refuses what would do something else than it seems to say. */
class RefusedFormsTest {

  @TempDir private Path directory;

  @ParameterizedTest
  @ValueSource(
      strings = {
        "TaskGroup.run(group -> { group.createTask(() -> \"x\"); });",
        "String value = TaskGroup.call(group -> \"x\");",
        "Asyncio.createTask(() -> task.cancel());",
        "ServerOptions options = ServerOptions.on(\"localhost\", 0);",
        "Asyncio.waitAll(List.of(task));"
      })
  void theCompilerIsAskedInTheRightWay(String statement) {
    assertThat(errors(statement)).isEmpty();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '\'',
      value = {
        "String value = TaskGroup.run(group -> \"x\");|bad return type|",
        "TaskGroup.run(group -> { return \"x\"; });|unexpected return value|",
        "Asyncio.timeout(LIMIT, limit -> { return \"x\"; });|unexpected return value|",
        // A reference to one of several methods of a name does not say which body is meant.
        "Asyncio.createTask(task::cancel);|reference to createTask is ambiguous|",
        "new ServerOptions(List.of(), 0, 1, true, true, true, true, null, null, 1);|has private"
            + " access|",
        "task.trySetResult(\"x\");|cannot find symbol|"
      })
  void theCompilerRefuses(String statement, String reason) {
    assertThat(errors(statement)).isNotEmpty().anyMatch(error -> error.contains(reason));
  }

  private List<String> errors(String statement) {
    JavaCompiler compiler = ToolProvider.getSystemJavaCompiler();
    DiagnosticCollector<JavaFileObject> diagnostics = new DiagnosticCollector<>();
    List<String> options =
        List.of(
            "-proc:none",
            "-Xlint:none",
            "-d",
            directory.toString(),
            "--class-path",
            applicationApi());
    compiler
        .getTask(
            new StringWriter(), null, diagnostics, options, null, List.of(new Source(statement)))
        .call();
    return diagnostics.getDiagnostics().stream()
        .filter(found -> found.getKind() == Diagnostic.Kind.ERROR)
        .map(found -> found.getMessage(Locale.ROOT))
        .toList();
  }

  private static String applicationApi() {
    try {
      return Path.of(Asyncio.class.getProtectionDomain().getCodeSource().getLocation().toURI())
          .toString();
    } catch (URISyntaxException impossible) {
      throw new IllegalStateException(impossible);
    }
  }

  private static final class Source extends SimpleJavaFileObject {

    private final String statement;

    Source(String statement) {
      super(URI.create("string:///Snippet.java"), Kind.SOURCE);
      this.statement = statement;
    }

    @Override
    public CharSequence getCharContent(boolean ignoreEncodingErrors) {
      return """
      import java.time.Duration;
      import java.util.List;
      import org.asyncio4j.Asyncio;
      import org.asyncio4j.core.Task;
      import org.asyncio4j.net.options.ServerOptions;
      import org.asyncio4j.tasks.TaskGroup;

      class Snippet {
        static final Duration LIMIT = Duration.ofMinutes(1);

        void run(Task<String> task) throws Exception {
          %s
        }
      }
      """
          .formatted(statement);
    }
  }
}
