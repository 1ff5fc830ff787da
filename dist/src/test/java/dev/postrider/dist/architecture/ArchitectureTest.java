package dev.postrider.dist.architecture;

import static com.tngtech.archunit.base.DescribedPredicate.describe;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.fields;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.domain.JavaPackage;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;
import java.util.List;
import org.jspecify.annotations.NullMarked;

@AnalyzeClasses(packages = "dev.postrider", importOptions = ImportOption.DoNotIncludeTests.class)
class ArchitectureTest {

  private static final String[] ENGINE_OF_OTHERS = {
    "com.google.inject..",
    "io.netty..",
    "java.sql..",
    "javax.xml..",
    "org.w3c.dom..",
    "org.xml..",
    "org.rocksdb..",
    "org.xbill..",
    "org.bouncycastle..",
    "org.apache.."
  };

  private static final String[] CORE = {
    "dev.postrider.kernel.admin..",
    "dev.postrider.kernel.bounce..",
    "dev.postrider.kernel.directory..",
    "dev.postrider.kernel.dns..",
    "dev.postrider.kernel.guard..",
    "dev.postrider.kernel.intake..",
    "dev.postrider.kernel.ledger..",
    "dev.postrider.kernel.mailbox..",
    "dev.postrider.kernel.outbound..",
    "dev.postrider.kernel.pipeline..",
    "dev.postrider.kernel.port..",
    "dev.postrider.kernel.problem..",
    "dev.postrider.kernel.spool..",
    "dev.postrider.kernel.state..",
    "dev.postrider.kernel.store"
  };

  @ArchTest
  static final ArchRule CORE_IS_FREE_OF_GUICE_NETTY_JDBC_XML =
      noClasses()
          .that()
          .resideInAnyPackage(CORE)
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage(ENGINE_OF_OTHERS);

  @ArchTest
  static final ArchRule THE_API_NEEDS_THE_JDK_INJECT_AND_JSPECIFY_ONLY =
      classes()
          .that()
          .resideInAPackage("dev.postrider.plugin..")
          .and()
          .resideOutsideOfPackages(
              "dev.postrider.plugin.testkit..", "dev.postrider.plugin.example..")
          .should()
          .onlyDependOnClassesThat()
          .resideInAnyPackage(
              "dev.postrider.plugin..", "java..", "jakarta.inject..", "org.jspecify..");

  @ArchTest
  static final ArchRule THE_KERNEL_KNOWS_NO_PROTOCOL_AND_NO_MAILET =
      noClasses()
          .that()
          .resideInAPackage("dev.postrider.kernel..")
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage(
              "dev.postrider.protocol..", "dev.postrider.mailet..", "dev.postrider.dist..");

  @ArchTest
  static final ArchRule PROTOCOLS_DO_NOT_KNOW_DIST_OR_MAILETS =
      noClasses()
          .that()
          .resideInAPackage("dev.postrider.protocol..")
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage("dev.postrider.mailet..", "dev.postrider.dist..");

  @ArchTest
  static final ArchRule PROTOCOLS_SHARE_ONLY_THE_LINE_BASE =
      noClasses()
          .that()
          .resideInAPackage("dev.postrider.protocol.smtp..")
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage("dev.postrider.protocol.pop3..", "dev.postrider.protocol.admin..");

  @ArchTest
  static final ArchRule MAILETS_SEE_ONLY_THE_API =
      noClasses()
          .that()
          .resideInAPackage("dev.postrider.mailet..")
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage(
              "dev.postrider.kernel..", "dev.postrider.protocol..", "dev.postrider.dist..");

  @ArchTest
  static final ArchRule ROOMS_OF_DIST_USE_EACH_OTHER_ONE_WAY =
      slices().matching("dev.postrider.dist.(*)..").should().beFreeOfCycles();

  /** It backtracks, or takes stack for each character of what a stranger sent. */
  @ArchTest
  static final ArchRule NO_PATTERNS_WHERE_STRANGERS_ARE_READ =
      noClasses()
          .that()
          .resideInAnyPackage(
              "dev.postrider.plugin..", "dev.postrider.mailet..", "dev.postrider.protocol..")
          .and()
          .resideOutsideOfPackages("dev.postrider.protocol.testkit..")
          .should()
          .dependOnClassesThat()
          .resideInAPackage("java.util.regex..");

  @ArchTest
  static final ArchRule GUICE_STAYS_IN_MODULES_HOST_AND_DIST =
      noClasses()
          .that()
          .resideOutsideOfPackages("dev.postrider.kernel.host..", "dev.postrider.dist..")
          .and()
          .haveSimpleNameNotEndingWith("Module")
          .should()
          .dependOnClassesThat()
          .resideInAPackage("com.google.inject..");

  @ArchTest
  static final ArchRule NAMES_SAY_WHAT_A_THING_IS =
      noClasses()
          .should()
          .haveNameMatching(".*(Impl|Manager|Helper|Utils?|Abstract[A-Z]\\w*)(\\$.*)?");

  @ArchTest
  static final ArchRule NO_STATIC_STATE_THAT_CHANGES =
      fields()
          .that()
          .areStatic()
          .and()
          .doNotHaveName("$VALUES")
          .and(describe("are not made by the compiler", field -> !field.getName().contains("$")))
          .should()
          .beFinal();

  @ArchTest
  static void everyPackageIsNullMarked(JavaClasses all) {
    List<String> bare =
        all.stream()
            .filter(type -> !type.getName().endsWith("module-info"))
            .map(JavaClass::getPackage)
            .distinct()
            .filter(each -> !each.isAnnotatedWith(NullMarked.class))
            .map(JavaPackage::getName)
            .toList();
    assertThat(bare).as("packages without @NullMarked").isEmpty();
  }
}
