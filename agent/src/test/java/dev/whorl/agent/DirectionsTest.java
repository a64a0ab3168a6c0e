package dev.whorl.agent;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import org.junit.jupiter.api.Test;

/** Which module and which package may know which. */
class DirectionsTest {
  private static final JavaClasses OURS =
      new ClassFileImporter()
          .withImportOption(new ImportOption.DoNotIncludeTests())
          // Another module's tests come as a jar when the build packages before it tests.
          .withImportOption(location -> !location.contains("-tests.jar"))
          .importPackages("dev.whorl");

  private static final String FINGERPRINT = "dev.whorl.fingerprint..";
  private static final String GCODE = "dev.whorl.gcode..";
  private static final String HARDWARE = "dev.whorl.hardware..";
  private static final String SIM = "dev.whorl.sim..";
  private static final String COMMON = "dev.whorl.common..";
  private static final String AGENT = "dev.whorl.agent..";

  @Test
  void fingerprintKnowsNothingOfOurs() {
    noClasses()
        .that()
        .resideInAPackage(FINGERPRINT)
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage(GCODE, HARDWARE, SIM, COMMON, AGENT)
        .check(OURS);
  }

  @Test
  void fingerprintReadsNoFilesAndNoClock() {
    noClasses()
        .that()
        .resideInAPackage(FINGERPRINT)
        .should()
        .dependOnClassesThat()
        .haveFullyQualifiedName("java.nio.file.Files")
        .orShould()
        .dependOnClassesThat()
        .haveFullyQualifiedName("java.time.Clock")
        .orShould()
        .dependOnClassesThat()
        .haveFullyQualifiedName("java.util.concurrent.Executors")
        .check(OURS);
  }

  @Test
  void gcodeKnowsNothingOfOurs() {
    noClasses()
        .that()
        .resideInAPackage(GCODE)
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage(FINGERPRINT, HARDWARE, SIM, COMMON, AGENT)
        .check(OURS);
  }

  @Test
  void hardwareKnowsOnlyGcode() {
    noClasses()
        .that()
        .resideInAPackage(HARDWARE)
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage(FINGERPRINT, SIM, COMMON, AGENT)
        .check(OURS);
  }

  @Test
  void commonKnowsNothingOfOurs() {
    noClasses()
        .that()
        .resideInAPackage(COMMON)
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage(FINGERPRINT, GCODE, HARDWARE, SIM, AGENT)
        .check(OURS);
  }

  @Test
  void agentKnowsNoSimulator() {
    noClasses()
        .that()
        .resideInAPackage(AGENT)
        .should()
        .dependOnClassesThat()
        .resideInAPackage(SIM)
        .check(OURS);
  }

  @Test
  void simulatorKnowsNeitherReaderNorAgent() {
    noClasses()
        .that()
        .resideInAPackage(SIM)
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage(FINGERPRINT, AGENT)
        .check(OURS);
  }

  @Test
  void theRunDoesNotKnowWhoTalksToIt() {
    noClasses()
        .that()
        .resideInAPackage("dev.whorl.agent.run..")
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage(
            "dev.whorl.agent.uplink..",
            "dev.whorl.agent.outbox..",
            "dev.whorl.agent.service..",
            "dev.whorl.agent.cli..")
        .check(OURS);
  }

  @Test
  void theOutboxStandsAlone() {
    noClasses()
        .that()
        .resideInAPackage("dev.whorl.agent.outbox..")
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage(
            "dev.whorl.agent.run..",
            "dev.whorl.agent.uplink..",
            "dev.whorl.agent.service..",
            "dev.whorl.agent.config..",
            "dev.whorl.agent.cli..")
        .check(OURS);
  }

  @Test
  void onlyMainStartsTheCommandLine() {
    noClasses()
        .that()
        .resideInAnyPackage(
            "dev.whorl.agent.config..",
            "dev.whorl.agent.capture..",
            "dev.whorl.agent.uplink..",
            "dev.whorl.agent.service..")
        .should()
        .dependOnClassesThat()
        .resideInAPackage("dev.whorl.agent.cli..")
        .check(OURS);
  }
}
