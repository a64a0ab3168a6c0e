package dev.whorl.agent;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;

/** Which module and which package may know which. */
@AnalyzeClasses(packages = "dev.whorl", importOptions = ImportOption.DoNotIncludeTests.class)
class DirectionsTest {
  private static final String FINGERPRINT = "dev.whorl.fingerprint..";
  private static final String GCODE = "dev.whorl.gcode..";
  private static final String HARDWARE = "dev.whorl.hardware..";
  private static final String SIM = "dev.whorl.sim..";
  private static final String COMMON = "dev.whorl.common..";
  private static final String AGENT = "dev.whorl.agent..";

  @ArchTest
  static final ArchRule fingerprintKnowsNothingOfOurs =
      noClasses()
          .that()
          .resideInAPackage(FINGERPRINT)
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage(GCODE, HARDWARE, SIM, COMMON, AGENT);

  @ArchTest
  static final ArchRule fingerprintReadsNoFilesAndNoClock =
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
          .haveFullyQualifiedName("java.util.concurrent.Executors");

  @ArchTest
  static final ArchRule gcodeKnowsNothingOfOurs =
      noClasses()
          .that()
          .resideInAPackage(GCODE)
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage(FINGERPRINT, HARDWARE, SIM, COMMON, AGENT);

  @ArchTest
  static final ArchRule hardwareKnowsOnlyGcode =
      noClasses()
          .that()
          .resideInAPackage(HARDWARE)
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage(FINGERPRINT, SIM, COMMON, AGENT);

  @ArchTest
  static final ArchRule commonKnowsNothingOfOurs =
      noClasses()
          .that()
          .resideInAPackage(COMMON)
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage(FINGERPRINT, GCODE, HARDWARE, SIM, AGENT);

  @ArchTest
  static final ArchRule agentKnowsNoSimulator =
      noClasses()
          .that()
          .resideInAPackage(AGENT)
          .should()
          .dependOnClassesThat()
          .resideInAPackage(SIM);

  @ArchTest
  static final ArchRule simulatorKnowsNeitherReaderNorAgent =
      noClasses()
          .that()
          .resideInAPackage(SIM)
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage(FINGERPRINT, AGENT);

  @ArchTest
  static final ArchRule theRunDoesNotKnowWhoTalksToIt =
      noClasses()
          .that()
          .resideInAPackage("dev.whorl.agent.run..")
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage(
              "dev.whorl.agent.uplink..",
              "dev.whorl.agent.outbox..",
              "dev.whorl.agent.service..",
              "dev.whorl.agent.cli..");

  @ArchTest
  static final ArchRule theOutboxStandsAlone =
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
              "dev.whorl.agent.cli..");

  @ArchTest
  static final ArchRule onlyMainStartsTheCommandLine =
      noClasses()
          .that()
          .resideInAnyPackage(
              "dev.whorl.agent.config..",
              "dev.whorl.agent.capture..",
              "dev.whorl.agent.uplink..",
              "dev.whorl.agent.service..")
          .should()
          .dependOnClassesThat()
          .resideInAPackage("dev.whorl.agent.cli..");
}
