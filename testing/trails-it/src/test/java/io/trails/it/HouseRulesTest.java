package io.trails.it;

import static com.tngtech.archunit.base.DescribedPredicate.not;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.INTERFACES;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.assignableTo;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.lang.conditions.ArchPredicates.are;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.fields;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.methods;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noFields;
import static com.tngtech.archunit.library.GeneralCodingRules.NO_CLASSES_SHOULD_ACCESS_STANDARD_STREAMS;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.domain.JavaField;
import com.tngtech.archunit.core.domain.JavaMethod;
import com.tngtech.archunit.core.domain.JavaModifier;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.lang.ArchCondition;
import com.tngtech.archunit.lang.ConditionEvents;
import com.tngtech.archunit.lang.SimpleConditionEvent;
import io.trails.TrailsException;
import io.trails.spi.Provider;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Future;
import org.jspecify.annotations.NullMarked;
import org.junit.jupiter.api.Test;
import org.slf4j.Logger;

/** The rules of the house, over all published jars. */
class HouseRulesTest {
    private static final JavaClasses TRAILS = new ClassFileImporter()
            .withImportOption(new ImportOption.DoNotIncludeTests())
            .withImportOption(location -> !location.contains("/io/trails/it/"))
            // An engine that is played in tests is not published.
            .withImportOption(location -> !location.contains("/io/trails/daggerdouble/"))
            .importPackages("io.trails");

    /** Rules over nothing pass; so first of all there has to be something. */
    @Test
    void there_are_classes_to_look_at() {
        assertThat(TRAILS.size()).isGreaterThan(150);
        assertThat(TRAILS.containPackage("io.trails.spi")).isTrue();
        assertThat(TRAILS.containPackage("io.trails.internal.engine")).isTrue();
        assertThat(TRAILS.containPackage("io.trails.tck")).isTrue();
        assertThat(TRAILS.containPackage("io.trails.tmux.internal")).isTrue();
        assertThat(TRAILS.containPackage("io.trails.worktree.internal.git")).isTrue();
        assertThat(TRAILS.containPackage("io.trails.dagger.internal.graph")).isTrue();
    }

    @Test
    void every_package_is_null_marked() {
        Set<String> unmarked = new TreeSet<>();
        for (JavaClass type : TRAILS) {
            boolean marked = type.getPackage().isAnnotatedWith(NullMarked.class);
            if (!marked && !type.getSimpleName().equals("module-info")) unmarked.add(type.getPackageName());
        }
        assertThat(unmarked).isEmpty();
    }

    @Test
    void internal_packages_are_free_of_cycles() {
        for (String module : new String[] {"io.trails", "io.trails.tmux", "io.trails.worktree", "io.trails.dagger"}) {
            slices().matching(module + ".internal.(*)..")
                    .should()
                    .beFreeOfCycles()
                    .check(TRAILS);
        }
    }

    /** They may know its values, which are what they make, but not who uses them. */
    @Test
    void what_is_internal_to_a_provider_module_knows_no_provider() {
        noClasses()
                .that(are(resideInAnyPackage(
                        "io.trails.tmux.internal..", "io.trails.worktree.internal..", "io.trails.dagger.internal..")))
                .should()
                .dependOnClassesThat(are(assignableTo(Provider.class)).and(not(INTERFACES)))
                .orShould()
                .dependOnClassesThat()
                .resideInAPackage("io.trails.worktree.pulls..")
                .check(TRAILS);
    }

    /** There the environment is scrubbed, both pipes are drained, and every command has a deadline. The user's setup is no git. */
    @Test
    void git_is_started_in_one_place() {
        noClasses()
                .that(are(resideInAPackage("io.trails.worktree..")))
                .and()
                .resideOutsideOfPackage("io.trails.worktree.internal.git")
                .and()
                .doNotHaveFullyQualifiedName("io.trails.worktree.internal.create.SetupRun")
                .should()
                .dependOnClassesThat(are(assignableTo(ProcessBuilder.class)))
                .orShould()
                .callMethod(Runtime.class, "exec", String[].class)
                .check(TRAILS);
    }

    /** What JGit's commands do to a repository can lose work; its in-core reading does not. */
    @Test
    void nobody_uses_the_commands_of_jgit() {
        noClasses()
                .that(are(resideInAPackage("io.trails..")))
                .should()
                .dependOnClassesThat()
                .resideInAPackage("org.eclipse.jgit.api..")
                .check(TRAILS);
    }

    /** Queries are built, and answers read, where no connection is, and files are applied where no engine is known. */
    @Test
    void what_builds_queries_and_what_applies_files_know_no_connection() {
        noClasses()
                .that(are(resideInAnyPackage("io.trails.dagger.internal.graph..", "io.trails.dagger.internal.files..")))
                .should()
                .dependOnClassesThat()
                .resideInAPackage("io.trails.dagger.internal.connection..")
                .orShould()
                .dependOnClassesThat()
                .resideInAPackage("java.net..")
                .check(TRAILS);
        noClasses()
                .that(are(resideInAPackage("io.trails.dagger.internal.files..")))
                .should()
                .dependOnClassesThat()
                .resideInAPackage("io.trails.dagger.internal.graph..")
                .check(TRAILS);
    }

    @Test
    void nobody_outside_the_engine_knows_the_engine() {
        noClasses()
                .that()
                .resideInAPackage("io.trails.internal..")
                .and()
                .resideOutsideOfPackage("io.trails.internal.engine..")
                .should()
                .dependOnClassesThat()
                .resideInAPackage("io.trails.internal.engine..")
                .check(TRAILS);
    }

    @Test
    void the_engine_names_no_provider() {
        noClasses()
                .that()
                .resideInAPackage("io.trails.internal.engine..")
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage(
                        "io.trails.internal.host..",
                        "io.trails.internal.terminal..",
                        "io.trails.internal.workspace..",
                        "io.trails.tmux..",
                        "io.trails.worktree..",
                        "io.trails.dagger..")
                .check(TRAILS);
    }

    @Test
    void built_in_providers_know_neither_each_other_nor_what_the_engine_keeps() {
        for (String provider : new String[] {"host", "terminal", "workspace"}) {
            noClasses()
                    .that()
                    .resideInAPackage("io.trails.internal." + provider + "..")
                    .should()
                    .dependOnClassesThat(are(resideInAPackage("io.trails.internal.."))
                            .and(not(resideInAPackage("io.trails.internal." + provider + ".."))))
                    .check(TRAILS);
        }
    }

    @Test
    void provider_modules_know_the_api_and_the_spi_only() {
        noClasses()
                .that(are(resideInAnyPackage(
                        "io.trails.tmux..", "io.trails.worktree..", "io.trails.dagger..", "io.trails.tck..")))
                .should()
                .dependOnClassesThat()
                .resideInAPackage("io.trails.internal..")
                .check(TRAILS);
    }

    @Test
    void public_signatures_show_no_internal_type() {
        methods()
                .that()
                .areDeclaredInClassesThat(are(resideInAnyPackage(
                        "io.trails",
                        "io.trails.spi",
                        "io.trails.tck",
                        "io.trails.tmux",
                        "io.trails.worktree",
                        "io.trails.worktree.pulls",
                        "io.trails.dagger")))
                .and()
                .areDeclaredInClassesThat()
                .arePublic()
                .and()
                .arePublic()
                .should(showNoInternalType())
                .check(TRAILS);
    }

    private static ArchCondition<JavaMethod> showNoInternalType() {
        return new ArchCondition<>("show no internal type") {
            @Override
            public void check(JavaMethod method, ConditionEvents events) {
                for (JavaClass type : method.getAllInvolvedRawTypes()) {
                    if (type.getPackageName().matches("io\\.trails(\\.[a-z]+)?\\.internal.*")) {
                        events.add(SimpleConditionEvent.violated(
                                method, method.getFullName() + " shows " + type.getName()));
                    }
                }
            }
        };
    }

    @Test
    void the_library_does_not_print() {
        NO_CLASSES_SHOULD_ACCESS_STANDARD_STREAMS.check(TRAILS);
    }

    /** A static logger would start the host's whole logging framework on the way to the first session. */
    @Test
    void loggers_are_asked_for_when_there_is_something_to_say() {
        noFields()
                .that()
                .areDeclaredInClassesThat(are(resideInAPackage("io.trails..")))
                .should()
                .haveRawType(Logger.class)
                .check(TRAILS);
    }

    @Test
    void nothing_static_changes() {
        fields().that()
                .areStatic()
                .and()
                .areDeclaredInClassesThat(are(resideInAPackage("io.trails..")))
                .and(new DescribedPredicate<>("are written by hand") {
                    @Override
                    public boolean test(JavaField field) {
                        return !field.getModifiers().contains(JavaModifier.SYNTHETIC)
                                && !field.getName().startsWith("$");
                    }
                })
                .should()
                .beFinal()
                .check(TRAILS);
    }

    @Test
    void exceptions_are_of_the_family() {
        classes()
                .that()
                .areAssignableTo(RuntimeException.class)
                .and(are(resideInAPackage("io.trails..")))
                .and()
                .areTopLevelClasses()
                .should()
                .beAssignableTo(TrailsException.class)
                .check(TRAILS);
    }

    @Test
    void nobody_ends_the_jvm_or_prints_a_stack_trace() {
        noClasses()
                .should()
                .callMethod(System.class, "exit", int.class)
                .orShould()
                .callMethod(Throwable.class, "printStackTrace")
                .check(TRAILS);
    }

    @Test
    void nobody_waits_without_a_deadline() {
        noClasses()
                // A command without a timeout runs as long as its caller lets it: waiting for it can be interrupted.
                .that()
                .doNotHaveFullyQualifiedName("io.trails.internal.host.RunningCommand")
                .should()
                .callMethod(Process.class, "waitFor")
                .orShould()
                .callMethod(Object.class, "wait")
                .orShould()
                .callMethod(Thread.class, "join")
                .orShould()
                .callMethod(CountDownLatch.class, "await")
                .orShould()
                .callMethod(Future.class, "get")
                .orShould()
                .callMethod(CompletableFuture.class, "get")
                .check(TRAILS);
    }
}
