package org.asyncio4j.tck;

import static com.tngtech.archunit.base.DescribedPredicate.describe;
import static com.tngtech.archunit.base.DescribedPredicate.not;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.simpleName;
import static com.tngtech.archunit.lang.conditions.ArchPredicates.are;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.fields;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.GeneralCodingRules.ACCESS_STANDARD_STREAMS;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.domain.JavaModifier;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.lang.ArchRule;
import com.tngtech.archunit.library.dependencies.SliceAssignment;
import com.tngtech.archunit.library.dependencies.SliceIdentifier;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.asyncio4j.tck.probe.KitCode;
import org.jspecify.annotations.NullMarked;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Rules about ourselves: which package sees which, and how things are called. */
class ProjectArchitectureTest {

  private static JavaClasses production;

  @BeforeAll
  static void read() {
    production =
        new ClassFileImporter()
            .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
            .importPackages("org.asyncio4j");
  }

  @Test
  void packagesHaveNoCycles() {
    // Not allowed to be empty: a pattern of packages that matches nothing would say nothing.
    slices().assignedFrom(new ByPackage()).should().beFreeOfCycles().check(production);
  }

  @Test
  void noPackageUsesTheMainClass() {
    check(
        noClasses()
            .that()
            .resideInAnyPackage(
                "org.asyncio4j.core..",
                "org.asyncio4j.net..",
                "org.asyncio4j.datagram..",
                "org.asyncio4j.tasks..",
                "org.asyncio4j.sync..",
                "org.asyncio4j.stream..",
                "org.asyncio4j.guava..",
                "org.asyncio4j.internal..",
                "org.asyncio4j.spi..",
                "org.asyncio4j.loop..")
            .should()
            .dependOnClassesThat()
            .resideInAPackage("org.asyncio4j"));
  }

  @Test
  void theApiNeverUsesTheSpiOrTheLoops() {
    check(
        noClasses()
            .that()
            .resideInAnyPackage(
                "org.asyncio4j",
                "org.asyncio4j.core..",
                "org.asyncio4j.net..",
                "org.asyncio4j.datagram..",
                "org.asyncio4j.tasks..",
                "org.asyncio4j.sync..",
                "org.asyncio4j.stream..",
                "org.asyncio4j.guava..",
                "org.asyncio4j.internal..")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage(
                "org.asyncio4j.spi..", "org.asyncio4j.loop..", "org.asyncio4j.tck.."));
  }

  @Test
  void theRootOfTheSpiNeverUsesTheKindsOfLoops() {
    check(
        noClasses()
            .that()
            .resideInAnyPackage(
                "org.asyncio4j.spi",
                "org.asyncio4j.spi.internal.cycle..",
                "org.asyncio4j.spi.internal.net..",
                "org.asyncio4j.spi.internal.connect..",
                "org.asyncio4j.spi.internal.serve..",
                "org.asyncio4j.spi.internal.datagram..",
                "org.asyncio4j.spi.internal.sendfile..",
                "org.asyncio4j.spi.internal.fiber..",
                "org.asyncio4j.spi.internal.tls..")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage(
                "org.asyncio4j.spi.transport..",
                "org.asyncio4j.spi.driver..",
                "org.asyncio4j.spi.readiness..",
                "org.asyncio4j.spi.completion.."));
  }

  @Test
  void onlyItsOwnModuleUsesInternalPackages() {
    check(
        noClasses()
            .that()
            .resideOutsideOfPackages("org.asyncio4j.spi..")
            .should()
            .dependOnClassesThat()
            .resideInAPackage("org.asyncio4j.spi.internal.."));
    check(
        noClasses()
            .that()
            .resideInAnyPackage(
                "org.asyncio4j.loop..", "org.asyncio4j.tck..", "org.asyncio4j.examples..")
            .should()
            .dependOnClassesThat()
            .resideInAPackage("org.asyncio4j.internal.."));
  }

  @Test
  void aRuleUsesNoRuleOfAnotherChapter() {
    check(slices().matching("org.asyncio4j.tck.rules.(*)..").should().notDependOnEachOther());
  }

  @Test
  void loopsDoNotUseEachOther() {
    check(slices().matching("org.asyncio4j.loop.(*)..").should().notDependOnEachOther());
  }

  @Test
  void noPackageIsACollectionOfUtilities() {
    check(
        noClasses()
            .should()
            .resideInAnyPackage(
                "..util..", "..utils..", "..helper..", "..helpers..", "..common.."));
  }

  @Test
  void classesHaveMeaningfulNames() {
    check(
        noClasses()
            .should()
            .haveNameMatching("(.*\\.|.*\\$)(\\w*Impl|\\w*Utils?\\w*|\\w*Helper|\\w*Manager)"));
  }

  @Test
  void noCodeWritesToTheStandardStreams() {
    check(
        noClasses()
            .that(are(not(resideInAPackage("org.asyncio4j.examples.."))))
            .and(are(not(resideInAPackage("org.asyncio4j.tck..").and(simpleName("Main")))))
            .and(are(not(simpleName("Worker")))) // the other end of a pipe
            .should(ACCESS_STANDARD_STREAMS));
  }

  @Test
  void staticFieldsNeverChange() {
    check(
        fields()
            .that()
            .areStatic()
            .and()
            .doNotHaveModifier(JavaModifier.SYNTHETIC)
            .should()
            .beFinal()
            .andShould()
            .notHaveRawType(describe("an array", JavaClass::isArray)));
  }

  @Test
  void everyPackageIsDocumentedAndNullMarked() {
    var packages =
        production.stream()
            .filter(type -> !type.getModifiers().contains(JavaModifier.SYNTHETIC))
            .map(JavaClass::getPackage)
            .collect(Collectors.toSet());
    var unmarked =
        packages.stream()
            .filter(found -> !found.isAnnotatedWith(NullMarked.class))
            .map(found -> found.getName())
            .collect(Collectors.toCollection(TreeSet::new));
    assertThat(packages).isNotEmpty();
    assertThat(unmarked).as("packages without @NullMarked in their package-info").isEmpty();
  }

  @Test
  void theKitKnowsItsPackages() {
    assertThat(production.stream().filter(type -> type.getName().startsWith("org.asyncio4j.tck")))
        .isNotEmpty()
        .allMatch(type -> KitCode.isAt(lineOf(type.getName())));
    assertThat(KitCode.isAt(lineOf("org.asyncio4j.tck.elsewhere.Loop"))).isFalse();
  }

  private static StackTraceElement lineOf(String className) {
    return new StackTraceElement(className, "method", null, 1);
  }

  /** The front door, too, which no pattern of sub-packages matches. */
  private static final class ByPackage implements SliceAssignment {

    @Override
    public SliceIdentifier getIdentifierOf(JavaClass type) {
      String name = type.getPackageName();
      return name.equals("org.asyncio4j") || name.startsWith("org.asyncio4j.")
          ? SliceIdentifier.of(name)
          : SliceIdentifier.ignore();
    }

    @Override
    public String getDescription() {
      return "each package of ours";
    }
  }

  private static void check(ArchRule rule) {
    // A module that is still empty breaks no rule.
    rule.allowEmptyShould(true).check(production);
  }
}
