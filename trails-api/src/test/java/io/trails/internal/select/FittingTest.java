package io.trails.internal.select;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import io.trails.AgentProfile;
import io.trails.Axis;
import io.trails.Composition;
import io.trails.ContainerEngine;
import io.trails.Enforcement;
import io.trails.Isolation;
import io.trails.Limits;
import io.trails.Mode;
import io.trails.ModeAdvice.Candidate;
import io.trails.NetworkPolicy;
import io.trails.ProviderInfo;
import io.trails.Reason;
import io.trails.SecurityPolicy;
import io.trails.SessionSpec;
import io.trails.Settings;
import io.trails.TaskComplexity;
import io.trails.internal.settings.AgentProfiles;
import io.trails.internal.settings.SettingsLayer.Source;
import io.trails.internal.settings.Surroundings;
import io.trails.spi.Location;
import io.trails.spi.Provider;
import io.trails.spi.SandboxCapability;
import io.trails.spi.SandboxSettings;
import java.nio.file.Path;
import java.util.AbstractSet;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class FittingTest {
    private record Archive(String describe) implements Location {}

    private static Composition composition(Selection selection) {
        return selection.advice().best().orElseThrow().composition().orElseThrow();
    }

    private static List<String> codes(Selection selection, String mode) {
        for (Candidate candidate : selection.advice().candidates()) {
            if (candidate.mode().name().equals(mode)) {
                return candidate.reasons().stream().map(Reason::code).toList();
            }
        }
        throw new AssertionError("No candidate " + mode);
    }

    private static List<Provider> with(List<Provider> providers, Provider... more) {
        var all = new ArrayList<>(providers);
        all.addAll(List.of(more));
        return all;
    }

    @Test
    void the_first_usable_provider_of_each_axis_is_taken() {
        Selection selection =
                new Scene().providers(Guests.without(Guests.all(), "tmux")).select(Scene.claude());
        assertThat(composition(selection))
                .isEqualTo(new Composition("worktree", "host", "headless", Set.of(Isolation.FILES)));
        assertThat(codes(selection, "worktree")).containsExactly("tmux.absent");
    }

    @ParameterizedTest
    @CsvSource({"worktree, trails-worktree", "container, trails-dagger"})
    void a_missing_provider_is_a_reason_that_names_the_module(String mode, String module) {
        Selection selection =
                new Scene().providers(Guests.bare()).select(Scene.session().mode(Mode.parse(mode)));
        assertThat(selection.advice().candidates().get(0).reasons()).anySatisfy(reason -> {
            assertThat(reason.code()).isEqualTo("provider.missing");
            assertThat(reason.remedy()).contains("io.trails:" + module);
        });
    }

    @Test
    void a_rejected_provider_is_told_from_a_missing_one() {
        var rejected = new ProviderInfo(
                "worktree",
                Optional.of(Axis.WORKSPACE),
                "acme.Broken",
                ProviderInfo.Origin.DISCOVERED,
                ProviderInfo.Status.REJECTED,
                0,
                Set.of(),
                List.of(Reason.of("provider.duplicate", "Two classes claim it", "Remove one")));
        var selector = new ModeSelector(
                Path.of("/p"),
                List.of(),
                SecurityPolicy.empty(),
                List.of(),
                new AgentProfiles(List.of(), List.of()),
                Surroundings.none(),
                Map.of(),
                SandboxSettings.none(),
                new Guests.Catalog(Guests.bare(), List.of(rejected)));
        assertThat(codes(selector.select(Scene.session().build()), "worktree")).containsExactly("provider.duplicate");
    }

    @Test
    void a_workspace_that_a_sandbox_cannot_use_is_passed_over_for_the_next_combination() {
        Mode mode = Mode.named("mixed")
                .workspaces("acme.archive", "worktree")
                .sandboxes("host")
                .build();
        var archive = new Guests.Workspaces("acme.archive", Set.of(), Guests.USABLE, Archive.class);
        Selection selection = new Scene()
                .mode(mode)
                .providers(with(Guests.all(), archive))
                .select(Scene.claude().mode(mode));
        assertThat(composition(selection).workspace()).isEqualTo("worktree");
    }

    @Test
    void a_terminal_that_is_held_outside_says_what_its_sandbox_lacks() {
        Mode mode =
                Mode.named("held").workspaces("in-place").terminals("acme.held").build();
        var sandbox =
                new Guests.Sandboxes("host", Set.of(), Guests.USABLE, Set.of(SandboxCapability.BACKGROUND), Set.of());
        Selection selection = new Scene()
                .mode(mode)
                .providers(List.of(
                        Guests.workspace("in-place"),
                        sandbox,
                        Guests.terminal("acme.held", SandboxCapability.BACKGROUND, SandboxCapability.MARKS)))
                .select(Scene.session().mode(mode));
        assertThat(selection.advice().candidates().get(0).reasons()).anySatisfy(reason -> {
            assertThat(reason.code()).isEqualTo("composition.incompatible");
            assertThat(reason.message()).contains("'acme.held' needs MARKS", "'host'");
            assertThat(reason.remedy()).contains("/proc");
        });
    }

    @Test
    void parts_that_do_not_join_at_all_are_reported() {
        Mode mode =
                Mode.named("odd").workspaces("acme.archive").sandboxes("host").build();
        var archive = new Guests.Workspaces("acme.archive", Set.of(), Guests.USABLE, Archive.class);
        Selection selection = new Scene()
                .mode(mode)
                .providers(with(Guests.all(), archive))
                .select(Scene.session().mode(mode));
        assertThat(codes(selection, "odd")).containsExactly("composition.incompatible");
    }

    @Test
    void a_terminal_that_needs_more_than_the_sandbox_has_gives_way_to_the_next() {
        var plain = new Guests.Sandboxes(
                "acme.plain", Set.of(), Guests.USABLE, Set.of(SandboxCapability.STREAMS), Set.of());
        Mode mode = Mode.named("plain").sandboxes("acme.plain").build();
        Selection selection = new Scene()
                .mode(mode)
                .providers(with(Guests.all(), plain))
                .select(Scene.session().mode(mode));
        assertThat(composition(selection).terminal()).isEqualTo("headless");
    }

    @Test
    void what_could_stand_in_for_a_mode_that_fits_does_not_say_that_it_fails() {
        Mode mode = Mode.named("m").workspaces("in-place").build();
        Selection selection = new Scene().mode(mode).select(Scene.session().mode(mode));
        assertThat(selection.advice().best().orElseThrow().mode()).isEqualTo(mode);
        assertThat(selection.fallback()).isEmpty();
        assertThat(selection.advice().explain())
                .contains("It would stand in for 'm' if that did not fit")
                .doesNotContain("which does not fit");
    }

    @Test
    void a_provider_that_throws_when_asked_hides_nobody() {
        Set<SandboxCapability> throwing = new AbstractSet<>() {
            @Override
            public Iterator<SandboxCapability> iterator() {
                throw new AssertionError("broken");
            }

            @Override
            public int size() {
                throw new IllegalStateException("broken");
            }
        };
        var broken = new Guests.Sandboxes("acme.broken", Set.of(), Guests.USABLE, throwing, Set.of());
        Mode mode = Mode.named("fragile")
                .sandboxes("acme.broken", "host")
                .terminals("tmux")
                .build();
        Selection selection = new Scene()
                .mode(mode)
                .providers(with(Guests.all(), broken))
                .select(Scene.session().mode(mode));
        assertThat(composition(selection).sandbox()).isEqualTo("host");
        Mode only =
                Mode.named("broken").sandboxes("acme.broken").terminals("tmux").build();
        assertThat(codes(
                        new Scene()
                                .providers(with(Guests.all(), broken))
                                .select(Scene.session().mode(only)),
                        "broken"))
                .containsExactly("provider.failed");
    }

    @Test
    void what_is_required_must_be_isolated() {
        Selection selection =
                new Scene().select(Scene.session().mode(Mode.WORKTREE).requires(Isolation.PROCESSES));
        assertThat(selection.advice().best()).isEmpty();
        assertThat(codes(selection, "worktree")).contains("mode.isolation-missing");
    }

    @Test
    void a_session_that_asks_for_isolation_and_no_mode_gets_one_that_has_it() {
        assertThat(new Scene().choose(Scene.session().requires(Isolation.PROCESSES)))
                .isEqualTo("container");
        assertThat(new Scene()
                        .user(Settings.builder().mode("direct"))
                        .choose(Scene.session().requires(Isolation.FILES)))
                .isEqualTo("worktree");
    }

    @Test
    void an_agents_least_isolation_counts_like_the_sessions() {
        AgentProfile wild =
                AgentProfile.named("wild", "wild").requires(Isolation.SYSTEM).build();
        assertThat(new Scene().agent(wild).choose(Scene.session().agent("wild")))
                .isEqualTo("container");
        assertThat(new Scene().agent(wild).choose(Scene.session().agent("wild").mode(Mode.WORKTREE)))
                .isEqualTo("none");
    }

    @Test
    void a_sandbox_is_told_the_control_group_that_trusted_settings_name() {
        SessionSpec.Builder spec =
                Scene.claude().limits(Limits.builder().cpuShare(1).build());
        Settings.Builder settings = Settings.builder().cgroupParent(Path.of("/sys/fs/cgroup/trails"));
        assertThat(new Scene().user(settings).choose(spec)).isEqualTo("worktree");
        assertThat(new Scene().layer(Source.PROJECT, "project", settings).choose(spec))
                .isEqualTo("none");
    }

    @Test
    void a_limit_that_would_be_refused_rules_a_mode_out_and_is_shown() {
        SessionSpec.Builder spec = Scene.claude()
                .limits(Limits.builder().memory(1 << 20).cpuShare(1).build())
                .network(NetworkPolicy.none());
        Selection selection = new Scene().select(spec);
        assertThat(selection.advice().best()).isEmpty();
        assertThat(codes(selection, "worktree")).containsExactly("limit.refused", "network.refused");
        assertThat(selection.advice().candidates().get(0).enforcement())
                .extracting(Enforcement::subject, Enforcement::level)
                .containsExactlyInAnyOrder(
                        tuple("MEMORY", Enforcement.Level.MONITORED),
                        tuple("CPU_SHARE", Enforcement.Level.REFUSED),
                        tuple("NETWORK", Enforcement.Level.REFUSED));
    }

    @Test
    void a_limit_that_can_be_kept_rules_nothing_out() {
        assertThat(new Scene()
                        .choose(Scene.claude()
                                .limits(Limits.builder().memory(1 << 20).build())))
                .isEqualTo("worktree");
    }

    @ParameterizedTest
    @CsvSource({
        "SIMPLE, true, true, direct",
        "SIMPLE, false, true, worktree",
        "MODERATE, true, true, worktree",
        "COMPLEX, false, true, container",
        "COMPLEX, false, false, worktree"
    })
    void the_tasks_complexity_decides_where_no_rule_does(
            TaskComplexity complexity, boolean trusted, boolean engine, String mode) {
        Scene scene = new Scene().providers(engine ? Guests.all() : Guests.without(Guests.all(), "dagger"));
        if (trusted) scene.policy(SecurityPolicy.builder().trust("claude"));
        Selection selection = scene.select(Scene.claude().complexity(complexity));
        assertThat(selection.advice().best().orElseThrow().mode().name()).isEqualTo(mode);
        assertThat(selection.advice().recommended()).contains(mode);
        assertThat(selection.fallback()).isEmpty();
    }

    @Test
    void complexity_only_recommends_where_a_rule_decides() {
        Selection selection = new Scene()
                .user(Settings.builder().mode("worktree"))
                .select(Scene.claude().complexity(TaskComplexity.COMPLEX));
        assertThat(selection.advice().best().orElseThrow().mode()).isEqualTo(Mode.WORKTREE);
        assertThat(selection.advice().recommended()).contains("container");
    }

    @Test
    void in_ci_headless_terminals_go_first() {
        Selection selection = new Scene()
                .surroundings(Surroundings.detect(Map.of("CI", "true"), Path.of("/nowhere"), true))
                .select(Scene.claude());
        assertThat(composition(selection).terminal()).isEqualTo("headless");
        assertThat(selection.advice().considered())
                .extracting(Reason::code)
                .contains("environment.ci", "environment.headless-first");
    }

    @Test
    void inside_a_container_the_container_mode_needs_an_engine_that_is_named() {
        Map<String, String> inside = Map.of("KUBERNETES_SERVICE_HOST", "x");
        Map<String, String> withEngine = Map.of("KUBERNETES_SERVICE_HOST", "x", "DOCKER_HOST", "y");
        SessionSpec.Builder spec = Scene.claude().mode(Mode.CONTAINER);
        Selection without = new Scene()
                .surroundings(Surroundings.detect(inside, Path.of("/nowhere"), true))
                .select(spec);
        assertThat(codes(without, "container")).containsExactly("container.engine-missing");
        assertThat(new Scene()
                        .surroundings(Surroundings.detect(withEngine, Path.of("/nowhere"), true))
                        .choose(spec))
                .isEqualTo("container");
    }

    @Test
    void an_engine_that_is_declared_with_its_place_is_one_for_a_host_in_a_container_too() {
        assertThat(new Scene()
                        .surroundings(
                                Surroundings.detect(Map.of("KUBERNETES_SERVICE_HOST", "x"), Path.of("/nowhere"), true))
                        .user(Settings.builder().engine(ContainerEngine.at("default", "unix:///run/engine.sock")))
                        .choose(Scene.claude().mode(Mode.CONTAINER)))
                .isEqualTo("container");
    }

    @Test
    void other_modes_are_listed_as_not_considered() {
        Selection selection = new Scene().mode(Mode.named("mine").build()).select(Scene.claude());
        assertThat(codes(selection, "container")).startsWith("mode.not-considered");
        assertThat(codes(selection, "mine")).startsWith("mode.not-considered");
    }

    @Test
    void every_refusal_but_that_of_an_unconsidered_mode_has_a_remedy() {
        Selection selection = new Scene()
                .providers(Guests.bare())
                .policy(SecurityPolicy.builder().fallbackAllowed(false))
                .select(Scene.claude().requires(Isolation.FILES));
        for (Candidate candidate : selection.advice().candidates()) {
            assertThat(candidate.fits()).isFalse();
            assertThat(candidate.reasons())
                    .filteredOn(reason -> !reason.code().equals("mode.not-considered"))
                    .isNotEmpty()
                    .allSatisfy(reason -> assertThat(reason.remedy()).isNotEmpty());
        }
    }
}
