package dev.whorl.registry;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.Architectures.layeredArchitecture;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import org.junit.jupiter.api.Test;

class ArchitectureTest {
  private final JavaClasses classes =
      new ClassFileImporter()
          .withImportOption(new ImportOption.DoNotIncludeTests())
          .importPackages("dev.whorl");

  @Test
  void shouldUseNoModuleButCommonAndFingerprint() {
    noClasses()
        .that()
        .resideInAPackage("dev.whorl.registry..")
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage(
            "dev.whorl.agent..",
            "dev.whorl.bench..",
            "dev.whorl.gcode..",
            "dev.whorl.hardware..",
            "dev.whorl.sim..")
        .check(classes);
  }

  @Test
  void shouldNeverReachOpenCv() {
    noClasses()
        .that()
        .resideInAPackage("dev.whorl.registry..")
        .should()
        .transitivelyDependOnClassesThat()
        .resideInAPackage("org.opencv..")
        .check(classes);
  }

  @Test
  void shouldKeepItsLayers() {
    layeredArchitecture()
        .consideringOnlyDependenciesInLayers()
        .layer("main")
        .definedBy("dev.whorl.registry")
        .layer("cli")
        .definedBy("..registry.cli..")
        .layer("service")
        .definedBy("..registry.service..")
        .layer("http")
        .definedBy("..registry.http..")
        .layer("intake")
        .definedBy("..registry.intake..")
        .layer("judge")
        .definedBy("..registry.judge..")
        .layer("store")
        .definedBy("..registry.store..")
        .layer("evaluate")
        .definedBy("..registry.evaluate..")
        .layer("settings")
        .definedBy("..registry.settings..")
        .whereLayer("main")
        .mayNotBeAccessedByAnyLayer()
        .whereLayer("cli")
        .mayOnlyBeAccessedByLayers("main")
        .whereLayer("service")
        .mayOnlyBeAccessedByLayers("cli")
        .whereLayer("http")
        .mayOnlyBeAccessedByLayers("service", "cli")
        .whereLayer("intake")
        .mayOnlyBeAccessedByLayers("service", "http", "cli")
        .whereLayer("judge")
        .mayOnlyBeAccessedByLayers("service", "http", "cli")
        .whereLayer("evaluate")
        .mayOnlyBeAccessedByLayers("cli")
        .whereLayer("store")
        .mayOnlyBeAccessedByLayers("service", "http", "cli", "intake", "judge")
        .check(classes);
  }
}
