package io.trails.tck;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.trails.Reason;
import io.trails.RemovalPolicy;
import io.trails.RemovalReport;
import io.trails.TrailsException;
import io.trails.spi.Availability;
import io.trails.spi.Plan;
import io.trails.spi.ProbeContext;
import io.trails.spi.Provider;
import io.trails.spi.ResourceLostException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.Test;

/**
 * The rules {@code P-01} to {@code P-11}, which every provider keeps. Authors extend {@link WorkspaceContract},
 * {@link SandboxContract} or {@link TerminalContract}, not this class.
 *
 * <p>Every test makes its own project and its own instances. A provider that cannot be used on this machine has all its
 * tests skipped, with its own reasons; with the system property {@code trails.test.requireTools=true} they fail instead.
 *
 * <p>What cannot be seen from outside is not tested: of {@code P-04} that a claim holds for every session (only
 * {@code W-09} is tried), and of {@code P-11} what lies outside the test's folder.
 *
 * @param <P> the kind of provider
 */
@DisplayNameGeneration(RuleNames.class)
public abstract class ProviderContract<P extends Provider> extends ProviderBench<P> {
    private static final Pattern ID = Pattern.compile("[a-z0-9-]+(\\.[a-z0-9-]+)*");
    private static final int PLANS = 8;

    /** For the three contracts only. */
    ProviderContract() {}

    /** What a test does with a life. */
    @FunctionalInterface
    interface Step {
        void run() throws IOException;
    }

    final void assertMakesNothing(String description, Step step) throws IOException {
        TreePicture before = TreePicture.ofSettledNames(scratch);
        step.run();
        assertThat(before.differencesTo(TreePicture.ofSettledNames(scratch)))
                .as(description)
                .isEmpty();
    }

    @Test
    @Rule("P-01")
    final void the_id_is_constant_and_well_formed() {
        P provider = provider();
        assertThat(provider.id())
                .isEqualTo(provider.id())
                .isEqualTo(provider().id())
                .matches(ID);
        if (!provider.getClass().getName().startsWith("io.trails.")) {
            assertThat(provider.id()).as("an id not built into trails").contains(".");
        }
    }

    @Test
    @Rule("P-02")
    final void a_probe_leaves_no_trace_and_answers_in_time_whatever_it_is_asked() throws Exception {
        Path project = project();
        TreePicture before = TreePicture.of(scratch);
        for (Path asked : new Path[] {project, scratch.resolve("missing"), project.resolve("README.md")}) {
            for (var environment : List.of(System.getenv(), Map.<String, String>of(), Map.of("PATH", "/nowhere"))) {
                var context = ProbeContext.of(asked, environment, PROBE_LIMIT);
                Patience.call("probe of " + asked, PROBE_LIMIT, () -> provider().probe(context));
            }
        }
        assertThat(before.differencesTo(TreePicture.of(scratch))).as("traces").isEmpty();
    }

    @Test
    @Rule("P-03")
    final void being_unavailable_comes_with_a_remedy() throws IOException {
        var contexts = new ProbeContext[] {
            probeContext(scratch.resolve("missing")),
            probeContext(project().resolve("README.md")),
            ProbeContext.of(project(), Map.of("PATH", "/nowhere", "HOME", "/nowhere"), PROBE_LIMIT)
        };
        int refusals = 0;
        for (ProbeContext context : contexts) {
            if (provider().probe(context) instanceof Availability.Unavailable unavailable) {
                refusals++;
                assertThat(unavailable.reasons())
                        .extracting(Reason::remedy)
                        .anySatisfy(remedy -> assertThat(remedy).isNotBlank());
            }
        }
        assumeTrue(refusals > 0, "the provider is available wherever it was tried");
    }

    @Test
    @Rule("P-04")
    final void what_it_isolates_is_constant() throws IOException {
        P provider = provider();
        var claimed = provider.isolates();
        Availability ignored = provider.probe(probeContext(project()));
        assertThat(provider.isolates())
                .as("after " + ignored)
                .isEqualTo(claimed)
                .isEqualTo(provider().isolates());
    }

    @Test
    @Rule("P-05")
    final void planning_leaves_no_trace_and_differs_in_random_names_only() throws IOException {
        Life life = life("plan");
        TreePicture before = TreePicture.of(scratch);
        List<Plan> plans = Stream.generate(life::plan).limit(PLANS).toList();
        assertThat(before.differencesTo(TreePicture.of(scratch))).as("traces").isEmpty();
        Set<String> keys = plans.get(0).values().keySet();
        assertThat(plans).allSatisfy(plan -> assertThat(plan.values()).containsOnlyKeys(keys));
        for (String key : keys) {
            Set<String> values = plans.stream().map(plan -> plan.get(key)).collect(Collectors.toSet());
            // A name drawn from enough of them is never drawn twice; whatever else differs sometimes is an accident.
            assertThat(values.size())
                    .as("different values of '%s' in %d plans: %s", key, PLANS, values)
                    .isIn(1, PLANS);
        }
    }

    @Test
    @Rule("P-07")
    final void creating_again_adopts_and_makes_no_second_copy() throws IOException {
        Life life = life("again");
        life.create();
        life.use();
        TreePicture before = TreePicture.ofSettledNames(scratch);
        life.create();
        life.use();
        assertThat(before.differencesTo(TreePicture.ofSettledNames(scratch)))
                .as("second copies")
                .isEmpty();
    }

    @Test
    @Rule("P-08")
    final void a_create_that_fails_leaves_nothing() throws IOException {
        Optional<Life> doomed = doomed();
        assumeTrue(doomed.isPresent(), "nothing makes create fail");
        Life life = doomed.get();
        Files.createDirectories(life.directory());
        assertMakesNothing("left behind", () -> assertThatThrownBy(life::create).isInstanceOf(TrailsException.class));
    }

    @Test
    @Rule("P-09")
    final void what_was_created_can_be_opened_by_another_instance() throws IOException {
        assumeReopenable();
        Life life = life("open");
        life.create();
        life.open();
        life.use();
    }

    @Test
    @Rule("P-09")
    final void what_is_gone_is_lost_and_not_made_again() throws IOException {
        Life life = life("gone");
        life.create();
        life.vanish();
        assertMakesNothing(
                "made by open", () -> assertThatThrownBy(life::open).isInstanceOf(ResourceLostException.class));
    }

    @Test
    @Rule("P-10")
    final void removing_again_keeps_nothing() throws IOException {
        Life life = life("removed");
        life.create();
        RemovalReport first = life.remove(RemovalPolicy.safe().endingProcesses());
        assertThat(first.kept()).as("kept of a session nobody worked in").isEmpty();
        assertThat(life.remove(RemovalPolicy.safe().endingProcesses()).kept()).isEmpty();
        assertThat(life.remove(RemovalPolicy.safe()).kept()).isEmpty();
    }

    @Test
    @Rule("P-10")
    final void removing_what_was_never_created_keeps_nothing() throws IOException {
        Life life = life("never");
        Plan planned = life.plan();
        assertThatCode(() -> assertThat(life.remove(RemovalPolicy.safe()).kept())
                        .as("of %s", planned)
                        .isEmpty())
                .doesNotThrowAnyException();
    }

    @Test
    @Rule("P-11")
    final void removing_touches_nothing_else() throws IOException {
        Life life = life("other");
        Files.createDirectories(life.directory());
        Path foreign = Files.writeString(life.directory().resolve("foreign.txt"), "not the provider's");
        Files.createDirectories(scratch.resolve("beside"));
        Files.writeString(scratch.resolve("beside/file"), "not the provider's");
        TreePicture before = TreePicture.ofUsersFiles(project());
        life.create();
        life.use();
        life.remove(RemovalPolicy.safe().endingProcesses());
        assertThat(before.differencesTo(TreePicture.ofUsersFiles(project())))
                .as("in the project")
                .isEmpty();
        assertThat(foreign).hasContent("not the provider's");
        assertThat(scratch.resolve("beside/file")).hasContent("not the provider's");
    }
}
