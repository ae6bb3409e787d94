package io.trails.internal.select;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.trails.Mode;
import io.trails.ModeRule;
import io.trails.Reason;
import io.trails.SecurityPolicy;
import io.trails.SessionSpec;
import io.trails.Settings;
import io.trails.TrailsException;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

class PrecedenceTest {
    /** Sets every rule from the given one downwards to {@code direct}, and the given one to {@code worktree}. */
    static Stream<Arguments> rules() {
        return Stream.of(
                Arguments.of("rule.session", "worktree", "direct", "direct", "direct"),
                Arguments.of("rule.agent-preference", "", "worktree", "direct", "direct"),
                Arguments.of("rule.environment", "", "", "worktree", "direct"),
                Arguments.of("rule.user", "", "", "", "worktree"),
                Arguments.of("rule.default", "", "", "", ""));
    }

    @ParameterizedTest
    @MethodSource("rules")
    void the_first_rule_that_names_a_mode_decides(
            String code, String spec, String preference, String variable, String setting) {
        Settings.Builder user = Settings.builder();
        if (!preference.isEmpty()) user.modePreference("claude", preference);
        if (!setting.isEmpty()) user.mode(setting);
        SessionSpec.Builder session = Scene.claude();
        if (!spec.isEmpty()) session.mode(Mode.parse(spec));

        Selection selection =
                new Scene().user(user).variable("TRAILS_MODE", variable).select(session);

        assertThat(selection.advice().best().orElseThrow().mode()).isEqualTo(Mode.WORKTREE);
        assertThat(selection.advice().considered())
                .filteredOn(reason -> reason.message().endsWith("'worktree', which decides"))
                .extracting(Reason::code)
                .containsExactly(code);
    }

    @Test
    void every_rule_appears_in_the_order_of_its_precedence_also_if_it_is_not_set() {
        Selection selection =
                new Scene().user(Settings.builder()).project(Settings.builder()).select(Scene.claude());
        assertThat(selection.advice().considered())
                .extracting(Reason::code)
                .containsExactly(
                        "rule.session",
                        "rule.agent-preference",
                        "rule.agent-preference",
                        "rule.environment",
                        "rule.project",
                        "rule.user",
                        "rule.default",
                        "rule.trust");
    }

    @ParameterizedTest
    @CsvSource({
        "basic, direct",
        "tmux, direct",
        "git, worktree",
        "GIT, worktree",
        "dagger, container",
        "docker, container"
    })
    void aliases_name_the_same_modes(String alias, String mode) {
        assertThat(new Scene().variable("TRAILS_MODE", alias).choose(Scene.session()))
                .isEqualTo(mode);
    }

    @Test
    void a_preference_for_another_agent_is_not_heard() {
        assertThat(new Scene()
                        .user(Settings.builder().modePreference("codex", "direct"))
                        .choose(Scene.claude()))
                .isEqualTo("worktree");
    }

    @Test
    void settings_given_in_code_count_like_the_users() {
        assertThat(new Scene().host(Settings.builder().mode("container")).choose(Scene.claude()))
                .isEqualTo("container");
        assertThat(new Scene()
                        .host(Settings.builder().mode("container"))
                        .variable("TRAILS_MODE", "worktree")
                        .choose(Scene.claude()))
                .isEqualTo("worktree");
    }

    @Test
    void a_variable_that_names_no_mode_is_an_error_that_names_it() {
        assertThatThrownBy(() -> new Scene().variable("TRAILS_MODE", "wrktree").selector())
                .isInstanceOfSatisfying(
                        TrailsException.class, e -> assertThat(e.code()).isEqualTo("settings.invalid"))
                .hasMessageContaining("TRAILS_MODE")
                .hasMessageContaining("direct, worktree, container");
    }

    @Test
    void a_setting_or_rule_in_code_that_names_no_mode_is_an_error() {
        assertThatThrownBy(
                        () -> new Scene().host(Settings.builder().mode("nope")).selector())
                .hasMessageContaining("'nope'");
        assertThatThrownBy(() -> new Scene()
                        .policy(SecurityPolicy.builder().rule(ModeRule.require("**", "nope", "")))
                        .selector())
                .hasMessageContaining("the host's policy");
    }

    @Test
    void a_mode_that_a_project_defines_means_nothing_to_those_trusted_more() {
        Scene scene = new Scene()
                .project(Settings.builder().mode(Mode.named("fast").build()))
                .user(Settings.builder().mode("fast"));
        assertThatThrownBy(scene::selector).hasMessageContaining("'fast'");
    }

    @Test
    void a_project_cannot_redefine_a_mode_of_the_user() {
        Mode users = Mode.named("jailed").workspaces("worktree").build();
        Mode projects = Mode.named("jailed").workspaces("in-place").build();
        Selection selection = new Scene()
                .user(Settings.builder().mode(users).mode("jailed"))
                .project(Settings.builder().mode(projects))
                .select(Scene.claude());
        assertThat(selection.advice().best().orElseThrow().mode()).isEqualTo(users);
    }

    @ParameterizedTest
    @CsvSource({
        // user, project, chosen: the stronger of the two, whoever asks
        "'', container, container",
        "'', worktree, worktree",
        "'', direct, worktree",
        "container, direct, container",
        "container, worktree, container",
        "direct, worktree, worktree",
        "direct, container, container",
        "worktree, container, container"
    })
    void a_project_may_tighten_but_not_loosen(String user, String project, String chosen) {
        Settings.Builder settings = Settings.builder();
        if (!user.isEmpty()) settings.mode(user);
        Selection selection = new Scene()
                .user(settings)
                .project(Settings.builder().mode(project))
                .select(Scene.session());
        assertThat(selection.advice().best().orElseThrow().mode().name()).isEqualTo(chosen);
        assertThat(selection.fallback()).isEmpty();
    }

    @Test
    void a_project_that_would_loosen_is_told_so() {
        Selection selection =
                new Scene().project(Settings.builder().mode("direct")).select(Scene.session());
        assertThat(selection.advice().considered())
                .extracting(Reason::message)
                .contains("session_mode in .trails/settings.json: 'direct', not followed: a project may only tighten");
    }

    @Test
    void a_project_is_not_heard_where_the_session_or_a_variable_says_otherwise() {
        Scene scene = new Scene().project(Settings.builder().mode("container")).variable("TRAILS_MODE", "worktree");
        assertThat(scene.choose(Scene.claude())).isEqualTo("worktree");
    }

    @Test
    void a_projects_preference_for_an_agent_is_heard_before_a_variable() {
        Scene scene = new Scene()
                .project(Settings.builder().modePreference("claude", "container"))
                .variable("TRAILS_MODE", "worktree");
        assertThat(scene.choose(Scene.claude())).isEqualTo("container");
        assertThat(scene.choose(Scene.session())).isEqualTo("worktree");
    }

    @Test
    void a_project_does_not_loosen_what_a_user_wants_even_where_that_cannot_be_had() {
        Selection selection = new Scene()
                .providers(Guests.without(Guests.all(), "dagger"))
                .user(Settings.builder().mode("container"))
                .project(Settings.builder().mode("worktree"))
                .select(Scene.claude());
        assertThat(selection.wanted()).isEqualTo(Mode.CONTAINER);
        assertThat(selection.fallback()).map(Reason::code).isEqualTo(Optional.of("mode.fallback"));
    }
}
