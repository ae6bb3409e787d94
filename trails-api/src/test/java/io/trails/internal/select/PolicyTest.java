package io.trails.internal.select;

import static org.assertj.core.api.Assertions.assertThat;

import io.trails.Isolation;
import io.trails.Mode;
import io.trails.ModeRule;
import io.trails.Reason;
import io.trails.SecurityPolicy;
import io.trails.SessionSpec;
import io.trails.Settings;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PolicyTest {
    private static SecurityPolicy.Builder policy() {
        return SecurityPolicy.builder();
    }

    private static Settings.Builder security(SecurityPolicy.Builder policy) {
        return Settings.builder().policy(policy.build());
    }

    private static Optional<String> code(Optional<Reason> reason) {
        return reason.map(Reason::code);
    }

    @Test
    void an_untrusted_agent_never_falls_back_to_a_mode_that_isolates_nothing() {
        Selection selection = new Scene().providers(Guests.bare()).select(Scene.claude());
        assertThat(selection.advice().best()).isEmpty();
        assertThat(code(selection.refusal())).contains("policy.agent-untrusted");
    }

    @Test
    void a_session_without_an_agent_falls_back_and_says_so() {
        Selection selection = new Scene().providers(Guests.bare()).select(Scene.session());
        assertThat(selection.advice().best().orElseThrow().mode()).isEqualTo(Mode.DIRECT);
        assertThat(code(selection.fallback())).contains("mode.fallback");
    }

    @Test
    void a_trusted_agent_falls_back() {
        assertThat(new Scene()
                        .providers(Guests.bare())
                        .user(security(policy().trust("claude")))
                        .choose(Scene.claude()))
                .isEqualTo("direct");
        assertThat(new Scene()
                        .providers(Guests.bare())
                        .policy(policy().trust("*"))
                        .choose(Scene.claude()))
                .isEqualTo("direct");
    }

    @Test
    void an_untrusted_agent_gets_direct_from_whoever_may_name_it() {
        assertThat(new Scene().choose(Scene.claude().mode(Mode.DIRECT))).isEqualTo("direct");
        assertThat(new Scene().variable("TRAILS_MODE", "direct").choose(Scene.claude()))
                .isEqualTo("direct");
        assertThat(new Scene().user(Settings.builder().mode("direct")).choose(Scene.claude()))
                .isEqualTo("direct");
        assertThat(new Scene()
                        .user(Settings.builder().modePreference("claude", "direct"))
                        .choose(Scene.claude()))
                .isEqualTo("direct");
    }

    @Test
    void a_named_mode_that_lost_its_isolation_is_not_what_was_named() {
        Mode loose = Mode.named("loose").workspaces("worktree", "in-place").build();
        Selection selection = new Scene()
                .mode(loose)
                .providers(Guests.bare())
                .select(Scene.claude().mode(loose));
        assertThat(selection.advice().best()).isEmpty();
        Selection trusted = new Scene()
                .mode(loose)
                .providers(Guests.bare())
                .policy(policy().trust("claude"))
                .select(Scene.claude().mode(loose));
        assertThat(trusted.advice().best().orElseThrow().mode()).isEqualTo(loose);
        assertThat(code(trusted.fallback())).contains("mode.fallback");
    }

    @Test
    void a_named_mode_that_goes_without_an_unknown_terminal_is_what_was_named() {
        Mode mode = Mode.named("m")
                .workspaces("in-place")
                .sandboxes("host")
                .terminals("acme.zellij", "headless")
                .build();
        Selection selection = new Scene()
                .mode(mode)
                .providers(Guests.bare())
                .select(Scene.claude().mode(mode));
        assertThat(selection.advice().best().orElseThrow().mode()).isEqualTo(mode);
        assertThat(selection.fallback()).isEmpty();
    }

    @Test
    void a_named_mode_that_goes_without_an_unknown_sandbox_is_not_what_was_named() {
        Mode mode = Mode.named("m").sandboxes("acme.jail", "host").build();
        Selection selection = new Scene()
                .mode(mode)
                .providers(Guests.bare())
                .select(Scene.claude().mode(mode));
        assertThat(code(selection.refusal())).contains("policy.agent-untrusted");
        assertThat(selection.refusal().orElseThrow().remedy()).startsWith("Make the first choice of 'm' usable");
    }

    @Test
    void the_first_policy_that_answers_decides() {
        Scene scene = new Scene()
                .providers(Guests.bare())
                .policy(policy())
                .administrator(security(policy().trust()))
                .user(security(policy().trust("claude")));
        assertThat(scene.choose(Scene.claude())).isEqualTo("none");
        assertThat(scene.policy(policy().trust("claude")).choose(Scene.claude()))
                .isEqualTo("direct");
    }

    @Test
    void a_projects_answers_only_count_where_they_tighten() {
        Scene scene = new Scene()
                .providers(Guests.bare())
                .project(security(policy().trust("claude")
                        .downgradeNeedsForce(false)
                        .auditRequired(false)
                        .replayAllowed(true)));
        Selection selection = scene.select(Scene.claude());
        assertThat(selection.advice().best()).isEmpty();
        assertThat(selection.advice().considered())
                .filteredOn(reason -> reason.code().equals("settings.project-may-not-loosen"))
                .extracting(
                        reason -> reason.message().substring(0, reason.message().indexOf(' ')))
                .containsExactly("trusted_agents", "downgrade_needs_force", "audit_required", "replay_allowed");
    }

    @ParameterizedTest
    @CsvSource({"project", "user", "administrator", "host", "mode_fallback", "project_mode_fallback", "chain"})
    void fallback_can_be_switched_off_by_everybody(String by) {
        Scene scene = new Scene().providers(Guests.bare());
        SecurityPolicy.Builder off = policy().fallbackAllowed(false);
        switch (by) {
            case "project" -> scene.project(security(off));
            case "user" -> scene.user(security(off));
            case "administrator" -> scene.administrator(security(off));
            case "host" -> scene.policy(off);
            case "mode_fallback" -> scene.user(Settings.builder().fallback(false));
            case "project_mode_fallback" -> scene.project(Settings.builder().fallback(false));
            default -> scene.project(Settings.builder().fallbackChain(List.of("container", "worktree")));
        }
        Selection selection = scene.select(Scene.session());
        assertThat(selection.advice().best()).isEmpty();
        assertThat(selection.advice().candidates().get(1).reasons())
                .extracting(Reason::code)
                .containsAnyOf("mode.fallback-off", "policy.fallback-refused");
    }

    @Test
    void a_project_cannot_switch_fallback_on() {
        assertThat(new Scene()
                        .providers(Guests.bare())
                        .user(Settings.builder().fallback(false))
                        .project(Settings.builder()
                                .fallback(true)
                                .policy(policy().fallbackAllowed(true).build()))
                        .choose(Scene.session()))
                .isEqualTo("none");
    }

    @Test
    void a_users_chain_replaces_the_built_in_one() {
        Mode jailed = Mode.named("jailed").workspaces("in-place").build();
        Scene scene = new Scene()
                .providers(Guests.bare())
                .mode(jailed)
                .user(Settings.builder().fallbackChain(List.of("worktree", "jailed")));
        assertThat(scene.choose(Scene.session())).isEqualTo("jailed");
    }

    @Test
    void falling_back_never_brings_more_isolation_than_was_wanted() {
        Mode firejail = Mode.named("firejail")
                .workspaces("worktree")
                .sandboxes("acme.firejail")
                .build();
        var absent = new Guests.Sandboxes(
                "acme.firejail", Set.of(Isolation.PROCESSES), Guests.lacks("firejail"), Set.of(), Set.of());
        var providers = new ArrayList<>(Guests.all());
        providers.add(absent);
        Selection selection = new Scene()
                .mode(firejail)
                .providers(providers)
                .select(Scene.claude().mode(firejail));
        assertThat(selection.advice().best().orElseThrow().mode()).isEqualTo(Mode.WORKTREE);
        assertThat(code(selection.fallback())).contains("mode.fallback");
    }

    @ParameterizedTest
    @CsvSource({
        "'/work/**', true",
        "'/work/shop', true",
        "'/work/shop/', true",
        "'/work/shop/**', true",
        "'**/shop/**', true",
        "'shop/', true",
        "'/work', false",
        "'shop', true",
        "'sh*', true",
        "'work', true",
        "'**', true",
        "'/other/**', false",
        "'shop/**', true",
        "'**/shop', true"
    })
    void a_rule_holds_where_its_glob_matches(String glob, boolean holds) {
        Scene scene = new Scene().administrator(security(policy().rule(ModeRule.require(glob, "docker", "why"))));
        assertThat(scene.choose(Scene.claude())).isEqualTo(holds ? "container" : "worktree");
    }

    @Test
    void a_rule_holds_also_if_the_project_is_reached_by_a_link(@TempDir Path directory) throws IOException {
        Path real = Files.createDirectory(directory.resolve("secret"));
        Path link = Files.createSymbolicLink(directory.resolve("innocent"), real);
        Scene scene = new Scene().project(link).policy(policy().rule(ModeRule.require("secret", "container", "")));
        assertThat(scene.choose(Scene.claude())).isEqualTo("container");
    }

    @ParameterizedTest
    @CsvSource({"claude, container", "cl*, container", "c?aude, container", "codex, worktree", "*, container"})
    void a_rule_concerns_agents_of_matching_names(String agents, String mode) {
        Scene scene = new Scene()
                .policy(policy().rule(ModeRule.require("**", "container", "").forAgents(agents)));
        assertThat(scene.choose(Scene.claude())).isEqualTo(mode);
        assertThat(scene.choose(Scene.session())).isEqualTo(agents.equals("*") ? "container" : "worktree");
    }

    @Test
    void rules_of_all_policies_hold_together() {
        Scene scene = new Scene()
                .policy(policy().rule(ModeRule.allow("**", Set.of("git", "docker"), "")))
                .user(Settings.builder().projectRule(ModeRule.allow("**", Set.of("direct", "worktree"), "")));
        assertThat(scene.choose(Scene.session().mode(Mode.WORKTREE))).isEqualTo("worktree");
        assertThat(scene.choose(Scene.session().mode(Mode.DIRECT).force())).isEqualTo("none");
        assertThat(scene.choose(Scene.session().mode(Mode.CONTAINER))).isEqualTo("worktree");
    }

    @Test
    void a_mode_of_an_allowed_name_with_other_parts_is_not_allowed() {
        Mode impostor = new Mode("worktree", List.of("in-place"), List.of("host"), List.of("headless"));
        Selection selection = new Scene()
                .policy(policy().rule(ModeRule.allow("**", Set.of("worktree"), "")))
                .select(Scene.session().mode(impostor));
        assertThat(selection.advice().candidates().get(0).fits()).isFalse();
        assertThat(code(selection.refusal())).contains("policy.mode-not-allowed");
    }

    @Test
    void a_projects_rule_tightens() {
        Scene scene =
                new Scene().project(Settings.builder().projectRule(ModeRule.require("**", "direct", "we like it")));
        assertThat(scene.choose(Scene.session())).isEqualTo("none");
        assertThat(scene.choose(Scene.session().mode(Mode.DIRECT))).isEqualTo("direct");
    }

    @Test
    void asking_for_less_than_is_configured_needs_force() {
        Scene scene = new Scene().user(Settings.builder().mode("container"));
        Selection refused = scene.select(Scene.claude().mode(Mode.WORKTREE));
        assertThat(refused.advice().best()).isEmpty();
        assertThat(code(refused.refusal())).contains("policy.downgrade-needs-force");

        Selection forced = scene.select(Scene.claude().mode(Mode.WORKTREE).force());
        assertThat(forced.advice().best().orElseThrow().mode()).isEqualTo(Mode.WORKTREE);
        assertThat(code(forced.downgrade())).contains("mode.downgrade");
    }

    @Test
    void a_policy_may_waive_force_but_the_downgrade_is_still_recorded() {
        Selection selection = new Scene()
                .user(Settings.builder().mode("container"))
                .policy(policy().downgradeNeedsForce(false))
                .select(Scene.claude().mode(Mode.DIRECT));
        assertThat(selection.advice().best().orElseThrow().mode()).isEqualTo(Mode.DIRECT);
        assertThat(code(selection.downgrade())).contains("mode.downgrade");
    }

    @Test
    void asking_for_what_stands_in_for_the_configured_mode_anyway_needs_no_force_but_is_recorded() {
        Scene scene =
                new Scene().providers(Guests.bare()).user(Settings.builder().mode("worktree"));
        assertThat(scene.choose(Scene.session())).isEqualTo("direct");

        Selection selection = scene.select(Scene.session().mode(Mode.DIRECT));

        assertThat(selection.advice().best().orElseThrow().mode()).isEqualTo(Mode.DIRECT);
        assertThat(code(selection.downgrade())).contains("mode.downgrade");
        assertThat(selection.downgrade().orElseThrow().message())
                .contains("files, as 'worktree' would", "cannot be had here");
    }

    @Test
    void asking_for_less_than_an_unusable_mode_needs_force_where_nothing_may_stand_in_for_it() {
        Selection selection = new Scene()
                .providers(Guests.bare())
                .user(Settings.builder().mode("worktree"))
                .select(Scene.claude().mode(Mode.DIRECT));
        assertThat(code(selection.refusal())).contains("policy.downgrade-needs-force");
    }

    @Test
    void who_asks_for_the_configured_mode_asks_for_no_less() {
        Selection selection = new Scene()
                .providers(Guests.bare())
                .user(Settings.builder().mode("worktree"))
                .select(Scene.session().mode(Mode.WORKTREE));
        assertThat(code(selection.fallback())).contains("mode.fallback");
        assertThat(selection.downgrade()).isEmpty();
    }

    @Test
    void asking_for_less_than_the_default_is_no_downgrade() {
        Selection selection = new Scene().select(Scene.claude().mode(Mode.DIRECT));
        assertThat(selection.downgrade()).isEmpty();
        assertThat(selection.advice().best().orElseThrow().mode()).isEqualTo(Mode.DIRECT);
    }

    @Test
    void asking_by_name_does_not_get_round_a_switched_off_fallback() {
        Selection selection = new Scene()
                .providers(Guests.without(Guests.all(), "dagger"))
                .user(Settings.builder().mode("container").fallback(false))
                .select(Scene.claude().mode(Mode.WORKTREE));
        assertThat(code(selection.refusal())).contains("policy.downgrade-needs-force");
    }

    @Test
    void what_a_project_configures_counts_as_configured() {
        Selection selection = new Scene()
                .project(Settings.builder().mode("container"))
                .select(Scene.claude().mode(Mode.DIRECT));
        assertThat(code(selection.refusal())).contains("policy.downgrade-needs-force");
    }

    @ParameterizedTest
    @CsvSource({
        "false, false, false, false",
        "true, false, false, true",
        "false, true, false, true",
        "false, false, true, true"
    })
    void anybody_may_require_the_audit(boolean host, boolean user, boolean project, boolean required) {
        Scene scene = new Scene();
        if (host) scene.policy(policy().auditRequired(true));
        if (user) scene.user(security(policy().auditRequired(true)));
        if (project) scene.project(security(policy().auditRequired(true)));
        assertThat(scene.select(Scene.session()).auditRequired()).isEqualTo(required);
    }

    @ParameterizedTest
    @CsvSource({
        ", , , false",
        "true, , , true",
        ", true, , true",
        "false, true, , false",
        "true, , false, false",
        ", , true, false"
    })
    void commands_are_run_again_only_where_somebody_trusted_allows_it_and_the_project_does_not_object(
            @Nullable Boolean host, @Nullable Boolean user, @Nullable Boolean project, boolean allowed) {
        Scene scene = new Scene();
        if (host != null) scene.policy(policy().replayAllowed(host));
        if (user != null) scene.user(security(policy().replayAllowed(user)));
        if (project != null) scene.project(security(policy().replayAllowed(project)));
        assertThat(scene.sandbox().replayAllowed()).isEqualTo(allowed);
    }

    @Test
    void force_lifts_nothing_but_the_downgrade() {
        SessionSpec.Builder forced = Scene.claude().mode(Mode.DIRECT).force();
        Scene scene = new Scene().policy(policy().rule(ModeRule.require("**", "worktree", "")));
        assertThat(scene.select(forced).advice().candidates().get(0).fits()).isFalse();
    }
}
