package io.trails.internal.settings;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.trails.AgentProfile;
import io.trails.Reason;
import io.trails.SessionSpec;
import io.trails.Settings;
import io.trails.TrailsException;
import io.trails.internal.settings.SettingsLayer.Source;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class AgentProfilesTest {
    private static final AgentProfiles BUILT_IN = new AgentProfiles(List.of(), List.of());

    private static AgentProfile profile(String name, String program) {
        return AgentProfile.named(name, program).build();
    }

    private static SettingsLayer layer(Source source, AgentProfile profile) {
        return new SettingsLayer(
                source, source.name(), Settings.builder().agent(profile).build(), List.of());
    }

    private static SessionSpec spec(String agent) {
        return SessionSpec.named("s").agent(agent).build();
    }

    @Test
    void a_preference_for_an_agent_that_nobody_knows_is_a_warning_with_a_suggestion() {
        Settings preferences = Settings.builder()
                .agent(profile("reviewer", "claude"))
                .modePreference("claude", "direct")
                .modePreference("reviewer", "direct")
                .modePreference("cluade", "direct")
                .modePreference("jules", "direct")
                .build();
        var layer = new SettingsLayer(
                Source.USER, "settings.json", preferences, List.of(), Map.of("mode_preferences.cluade", 7));
        List<Reason> warnings = new AgentProfiles(List.of(), List.of(layer)).unknownPreferences();
        assertThat(warnings)
                .extracting(Reason::remedy)
                .containsExactlyInAnyOrder(
                        "Did you mean 'claude'?",
                        "Known are aider, claude, codex, gemini, goose, opencode, reviewer; it still counts for sessions"
                                + " that bring an agent of that name");
        assertThat(warnings)
                .extracting(Reason::message)
                .contains("settings.json:7: 'mode_preferences' names the agent 'cluade', which nobody knows");
    }

    @ParameterizedTest
    @CsvSource({
        "claude, claude, --continue",
        "codex, codex, resume --last",
        "aider, aider, --restore-chat-history",
        "gemini, gemini, --resume",
        "goose, goose session, --resume",
        "opencode, opencode, --continue"
    })
    void the_built_in_agents_are_launched_and_resumed_as_documented(String name, String launch, String resume) {
        AgentProfile profile = BUILT_IN.find(name).orElseThrow();
        assertThat(String.join(" ", profile.launch())).isEqualTo(launch);
        assertThat(String.join(" ", profile.resumeArguments())).isEqualTo(resume);
        assertThat(profile.requires()).isEmpty();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            ignoreLeadingAndTrailingWhitespace = false,
            value = {
                "claude|question|Do you want to proceed?",
                "claude|question|❯ 1. Yes",
                "claude|busy|✻ Thinking… (12s · esc to interrupt)",
                "claude|prompt|❯ ",
                "claude|prompt|│ >                              │",
                "codex|question|Would you like to run the following command?",
                "codex|question|› 1. Yes, proceed (y)",
                "codex|busy|• Working (3s • esc to interrupt)",
                "codex|prompt|› Explain this codebase",
                "aider|question|Add src/a.py to the chat? (Y)es/(N)o/(D)on't ask again [Yes]: ",
                "aider|prompt|> ",
                "aider|prompt|architect> ",
                "aider|prompt|ask multi> ",
                "gemini|question|│ Apply this change?                │",
                "gemini|question|Allow execution of: 'ls'?",
                "gemini|busy|⠏ Reading (esc to cancel, 4s)",
                "gemini|prompt|│ >   Type your message or @path/to/file │",
                "goose|question|◆  Goose would like to call the above tool, do you allow?",
                "goose|prompt|( O)> ",
                "opencode|question|△ Permission required",
                "opencode|busy|esc interrupt",
                "opencode|busy|esc again to interrupt",
                "opencode|prompt|Ask anything… \"Fix a TODO\""
            })
    void the_built_in_patterns_recognise_the_screens_they_are_for(String agent, String kind, String line) {
        AgentProfile profile = BUILT_IN.find(agent).orElseThrow();
        List<Pattern> patterns = switch (kind) {
            case "question" -> profile.questions();
            case "busy" -> profile.busy();
            default -> profile.prompts();
        };
        assertThat(patterns).anyMatch(pattern -> pattern.matcher(line).find());
    }

    @Test
    void no_built_in_pattern_takes_prose_for_a_prompt() {
        for (String name : BuiltInAgents.NAMES) {
            AgentProfile profile = BUILT_IN.find(name).orElseThrow();
            for (Pattern pattern : profile.prompts()) {
                assertThat(pattern.matcher("I changed the login test and ran it.")
                                .find())
                        .as(pattern.pattern())
                        .isFalse();
            }
        }
    }

    @Test
    void a_profile_given_with_the_spec_beats_all_others() {
        var profiles = new AgentProfiles(List.of(profile("claude", "hosts")), List.of());
        var spec = SessionSpec.named("s").agent("claude", "mine").build();
        assertThat(profiles.find(spec).orElseThrow().launch()).containsExactly("mine");
    }

    @Test
    void the_host_beats_settings_which_beat_what_is_built_in() {
        SettingsLayer user = layer(Source.USER, profile("claude", "users"));
        assertThat(new AgentProfiles(List.of(profile("claude", "hosts")), List.of(user))
                        .find(spec("claude"))
                        .orElseThrow()
                        .launch())
                .containsExactly("hosts");
        assertThat(new AgentProfiles(List.of(), List.of(user))
                        .find(spec("claude"))
                        .orElseThrow()
                        .launch())
                .containsExactly("users");
    }

    @Test
    void a_projects_profile_is_never_used() {
        SettingsLayer project = layer(Source.PROJECT, profile("claude", "evil"));
        assertThat(new AgentProfiles(List.of(), List.of(project))
                        .find(spec("claude"))
                        .orElseThrow()
                        .launch())
                .containsExactly("claude");
    }

    @Test
    void a_plain_command_needs_no_known_name() {
        assertThat(BUILT_IN.find(SessionSpec.named("s").agent("nobody", "sh").build()))
                .isPresent();
        assertThat(BUILT_IN.find(SessionSpec.named("s").build())).isEmpty();
    }

    @Test
    void an_unknown_name_is_an_error_that_lists_the_known_ones_and_suggests() {
        assertThatThrownBy(() -> BUILT_IN.find(spec("cluade")))
                .isInstanceOfSatisfying(
                        TrailsException.class, e -> assertThat(e.code()).isEqualTo("agent.unknown"))
                .hasMessageContaining("perhaps 'claude'")
                .hasMessageContaining("aider, claude, codex, gemini, goose, opencode");
    }

    @Test
    void looking_up_twice_compiles_the_patterns_once() {
        assertThat(BUILT_IN.find("codex").orElseThrow())
                .isSameAs(BUILT_IN.find("codex").orElseThrow());
    }
}
