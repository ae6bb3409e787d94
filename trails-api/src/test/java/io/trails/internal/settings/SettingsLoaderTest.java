package io.trails.internal.settings;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.trails.AgentProfile;
import io.trails.DirtyPolicy;
import io.trails.Isolation;
import io.trails.Mode;
import io.trails.ModeRule;
import io.trails.Reason;
import io.trails.RecordingOptions;
import io.trails.Settings;
import io.trails.SetupCommand;
import io.trails.TrailsException;
import io.trails.internal.settings.SettingsLayer.Source;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class SettingsLoaderTest {
    @TempDir
    Path machine;

    private Path project;
    private Path projectFile;
    private Path userFile;
    private Path administratorFile;

    @BeforeEach
    void lay_out_the_machine() {
        project = machine.resolve("project");
        projectFile = project.resolve(".trails/settings.json");
        userFile = machine.resolve("home/.config/trails/settings.json");
        administratorFile = machine.resolve("root/etc/trails/policy.json");
    }

    private List<SettingsLayer> load(Mode... hostModes) {
        return SettingsLoader.load(
                project.resolve(".trails"),
                Map.of("HOME", machine.resolve("home").toString()),
                new SettingsPaths(machine.resolve("root"), false),
                List.of(hostModes));
    }

    private static void write(Path file, String json) {
        try {
            Files.createDirectories(file.getParent());
            Files.writeString(file, json);
        } catch (IOException failed) {
            throw new AssertionError(failed);
        }
    }

    private SettingsLayer user(String json) {
        write(userFile, json);
        return load().get(0);
    }

    private TrailsException userFails(String json) {
        write(userFile, json);
        return catchThrowableOfType(TrailsException.class, this::load);
    }

    @Test
    void files_that_are_absent_give_no_layer() {
        assertThat(load()).isEmpty();
    }

    @Test
    void each_file_gives_the_layer_of_its_owner() {
        write(userFile, "{}");
        write(projectFile, "{}");
        write(administratorFile, "{}");
        assertThat(load())
                .extracting(SettingsLayer::source)
                .containsExactly(Source.ADMINISTRATOR, Source.PROJECT, Source.USER);
    }

    @Test
    void every_key_is_read() {
        Settings settings = user("""
                {
                  // what I like
                  "$schema": "https://example.org/schema.json", "_note": "mine", "x-tool": {"a": 1},
                  "session_mode": "git",
                  "mode_preferences": {"aider": "direct", "_why": "it asks"},
                  "mode_fallback": false,
                  "mode_fallback_chain": ["container", "jailed"],
                  "project_rules": [
                    {"pattern": "/srv/**", "required_mode": "docker", "reason": "customers"},
                    {"agent": "co*", "allowed_modes": ["worktree", "jailed"]},
                  ],
                  "agents": {
                    "mine": {
                      "command": "my-agent --fast",
                      "resume_arguments": ["--again"],
                      "requires": ["files", "Network"],
                      "prompts": ["^>"], "questions": ["\\\\?$"], "busy": ["working"],
                      "quiet_ms": 250,
                    },
                  },
                  "modes": {"jailed": {"workspaces": ["worktree"], "sandboxes": ["acme.jail"], "terminals": ["headless"]}},
                  "security": {
                    "trusted_agents": ["claude"], "rules": [{"required_mode": "worktree"}],
                    "fallback_allowed": true, "downgrade_needs_force": false, "audit_required": true
                  },
                  "cgroup_parent": "/sys/fs/cgroup/trails",
                  "recording": {"input": true, "max_bytes": 2097152},
                }
                """).settings();

        assertThat(settings.mode()).contains("git");
        assertThat(settings.modePreferences()).isEqualTo(Map.of("aider", "direct"));
        assertThat(settings.fallback()).contains(false);
        assertThat(settings.fallbackChain()).contains(List.of("container", "jailed"));
        assertThat(settings.projectRules())
                .containsExactly(
                        ModeRule.require("/srv/**", "docker", "customers"),
                        ModeRule.allow("**", Set.of("worktree", "jailed"), "").forAgents("co*"));
        AgentProfile agent = settings.agents().get("mine");
        assertThat(agent.launch()).containsExactly("my-agent", "--fast");
        assertThat(agent.resumeArguments()).containsExactly("--again");
        assertThat(agent.requires()).containsExactlyInAnyOrder(Isolation.FILES, Isolation.NETWORK);
        assertThat(agent.prompts()).extracting(Pattern::pattern).containsExactly("^>");
        assertThat(agent.questions()).extracting(Pattern::pattern).containsExactly("\\?$");
        assertThat(agent.busy()).extracting(Pattern::pattern).containsExactly("working");
        assertThat(agent.quiet()).isEqualTo(Duration.ofMillis(250));
        assertThat(settings.modes().get("jailed").sandboxes()).containsExactly("acme.jail");
        assertThat(settings.policy().trustedAgents()).contains(Set.of("claude"));
        assertThat(settings.policy().rules()).containsExactly(ModeRule.require("**", "worktree", ""));
        assertThat(settings.cgroupParent()).contains(Path.of("/sys/fs/cgroup/trails"));
        assertThat(settings.recording())
                .contains(RecordingOptions.output().withInput().maxBytes(2 << 20));
        assertThat(settings.policy().fallbackAllowed()).contains(true);
        assertThat(settings.policy().downgradeNeedsForce()).contains(false);
        assertThat(settings.policy().auditRequired()).contains(true);
    }

    @Test
    void what_is_ignored_on_purpose_gives_no_warning() {
        assertThat(user("{\"$schema\": \"s\", \"_a\": 1, \"x-b\": [], \"mode_preferences\": {\"_c\": 2}}")
                        .warnings())
                .isEmpty();
    }

    @Test
    void both_spellings_of_a_key_are_read() {
        Settings settings = user("{\"default_mode\": \"direct\", \"agent_modes\": {\"goose\": \"git\"}}")
                .settings();
        assertThat(settings.mode()).contains("direct");
        assertThat(settings.modePreferences()).isEqualTo(Map.of("goose", "git"));
    }

    @Test
    void both_spellings_at_once_may_say_the_same() {
        assertThat(user("{\"agent_modes\": {\"a\": \"git\", \"b\": \"direct\"},"
                                + " \"mode_preferences\": {\"b\": \"direct\", \"a\": \"git\"}}")
                        .settings()
                        .modePreferences())
                .hasSize(2);
    }

    @Test
    void both_spellings_saying_different_things_is_an_error_that_names_both_lines() {
        TrailsException error = userFails("{\n\"session_mode\": \"direct\",\n\n\"default_mode\": \"git\"\n}");
        assertThat(error.code()).isEqualTo("settings.invalid");
        assertThat(error).hasMessageContaining(userFile + ":2: 'session_mode'").hasMessageContaining(userFile + ":4");
    }

    @Test
    void a_layer_knows_where_its_keys_stand() {
        SettingsLayer layer = user("{\n\"session_mode\":\n\"direct\",\n\"agent_modes\": {\n\"goose\": \"git\"}}");
        assertThat(layer.at("session_mode")).isEqualTo(userFile + ":3");
        assertThat(layer.at("mode_preferences.goose")).isEqualTo(userFile + ":5");
        assertThat(layer.at("mode_fallback")).isEqualTo(userFile.toString());
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "{`sesion_mode`: `git`} | sesion_mode | Did you mean 'session_mode'?",
                "{`sessionMode`: `git`} | sessionMode | Did you mean 'session_mode'?",
                "{`security`: {`trusted_agent`: []}} | security.trusted_agent | Did you mean 'trusted_agents'?",
                "{`modes`: {`m`: {`sandbox`: []}}} | modes.m.sandbox | Did you mean 'sandboxes'?",
                "{`agents`: {`a`: {`command`: `a`, `quite_ms`: 1}}} | agents.a.quite_ms | Did you mean 'quiet_ms'?",
                "{`project_rules`: [{`required_mode`: `git`, `pattren`: `*`}]} | project_rules[0].pattren | Did you mean 'pattern'?",
                "{`security`: {`rules`: [{`required_mode`: `git`, `raeson`: `*`}]}} | security.rules[0].raeson | Did you mean 'reason'?",
                "{`colour`: `red`} | colour | Known here: modes, session_mode,"
            })
    void an_unknown_key_at_any_level_is_a_warning_with_a_suggestion(String json, String key, String remedy) {
        List<Reason> warnings = user("\n" + json.replace('`', '"')).warnings();
        assertThat(warnings).hasSize(1);
        assertThat(warnings.get(0).code()).isEqualTo("settings.unknown-key");
        assertThat(warnings.get(0).message()).startsWith(userFile + ":2:").contains("'" + key + "'");
        assertThat(warnings.get(0).remedy()).startsWith(remedy);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '~',
            value = {
                "[] | the file must be an object, but is an array",
                "{`session_mode`: 3} | 'session_mode' must be a string that is not blank, but is a number",
                "{`session_mode`: ` `} | 'session_mode' must be a string that is not blank",
                "{`session_mode`: `wroktree`} | perhaps 'worktree', but is 'wroktree'",
                "{`session_mode`: null} | but is null",
                "{`mode_preferences`: []} | 'mode_preferences' must be an object, but is an array",
                "{`mode_preferences`: {`a`: `x`}} | 'mode_preferences.a' must be the name of a mode",
                "{`mode_fallback`: `yes`} | 'mode_fallback' must be true or false, but is 'yes'",
                "{`mode_fallback_chain`: [`git`, 1]} | 'mode_fallback_chain[1]' must be a string",
                "{`project_rules`: [{`pattern`: `*`}]} | 'project_rules[0]' is no rule: A rule needs a required mode",
                "{`project_rules`: [{`pattern`: `[`, `required_mode`: `git`}]} | The glob '[' is wrong",
                "{`agents`: {`a`: {}}} | 'agents.a' needs 'command'",
                "{`agents`: {`a`: {`command`: []}}} | 'agents.a.command' must be a list of at least the program",
                "{`agents`: {`a`: {`command`: `a & b`}}} | 'agents.a.command' must be a list of arguments",
                "{`agents`: {`a`: {`command`: `a $HOME`}}} | 'agents.a.command' must be a list of arguments",
                "{`agents`: {`a`: {`command`: `a`, `busy`: [`(`]}}} | 'agents.a.busy[0]' must be a regular expression",
                "{`agents`: {`a`: {`command`: `a`, `requires`: [`disk`]}}} | one of files, processes, system, network",
                "{`agents`: {`a`: {`command`: `a`, `quiet_ms`: -1}}} | 'agents.a.quiet_ms' must be a whole number",
                "{`agents`: {`a`: {`command`: `a`, `quiet_ms`: 1.5}}} | 'agents.a.quiet_ms' must be a whole number",
                "{`agents`: {`a`: {`command`: `a`, `quiet_ms`: 1e99}}} | 'agents.a.quiet_ms' must be a whole number",
                "{`modes`: {`docker`: {}}} | 'modes.docker' is a built-in mode",
                "{`modes`: {`My Mode`: {}}} | 'modes.My Mode' is no mode",
                "{`modes`: {`m`: {`sandboxes`: []}}} | 'modes.m' is no mode",
                "{`security`: {`trusted_agents`: `claude`}} | 'security.trusted_agents' must be a list, but is 'claude'",
                "{`security`: {`audit_required`: 1}} | 'security.audit_required' must be true or false",
                "{`session_mode`: `git` | no valid JSON",
                "{`session_mode`: `git`, `session_mode`: `git`} | no valid JSON",
                "{} {} | goes on after its end"
            })
    void a_wrong_value_is_an_error_that_names_file_line_and_key(String json, String expected) {
        TrailsException error = userFails("\n" + json.replace('`', '"'));
        assertThat(error.code()).isEqualTo("settings.invalid");
        assertThat(error).hasMessageStartingWith(userFile + ":2:").hasMessageContaining(expected);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '~',
            value = {
                "{ | 1:2 | ends too early",
                "{`a` | 1:5 | ends too early",
                "{`a`: 1] | 1:8 | Unexpected close marker",
                "{`a`: oops} | 1:7 | Unrecognized token 'oops'",
                "{`a`: 1e99999999999} | 1:7 | number"
            })
    void what_is_no_json_is_named_by_line_and_column_in_plain_words(String json, String at, String expected) {
        TrailsException error = userFails(json.replace('`', '"'));
        assertThat(error)
                .hasMessageStartingWith(userFile + ":" + at)
                .hasMessageContaining(expected)
                .message()
                .doesNotContain("Source", "StreamRead", "REDACTED");
    }

    @Test
    void an_empty_file_is_an_error() {
        assertThat(userFails("").code()).isEqualTo("settings.invalid");
    }

    @Test
    void bytes_that_are_no_text_are_an_error() throws IOException {
        write(userFile, "");
        Files.write(userFile, new byte[] {'{', '"', (byte) 0xff, (byte) 0xfe, '"', ':', '1', '}'});
        assertThatThrownBy(this::load)
                .isInstanceOfSatisfying(
                        TrailsException.class, e -> assertThat(e.code()).isEqualTo("settings.invalid"));
    }

    @Test
    void nesting_without_end_is_an_error() {
        assertThat(userFails("{\"a\":".repeat(5_000)).code()).isEqualTo("settings.invalid");
    }

    @Test
    void a_huge_file_is_refused() {
        assertThat(userFails("{\"_\": \"" + "x".repeat(SettingsFile.MAX_BYTES) + "\"}")
                        .code())
                .isEqualTo("settings.too-big");
    }

    @Test
    void a_directory_in_place_of_a_file_is_refused() throws IOException {
        Files.createDirectories(projectFile);
        assertThat(catchThrowableOfType(TrailsException.class, this::load).code())
                .isEqualTo("settings.unreadable");
    }

    @Test
    void a_file_in_place_of_the_directory_counts_as_absent() throws IOException {
        Files.createDirectories(project);
        Files.writeString(project.resolve(".trails"), "");
        assertThat(load()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"file", "directory", "dangling"})
    void a_link_of_the_projects_settings_out_of_the_project_is_refused(String kind) throws IOException {
        Path elsewhere = machine.resolve("elsewhere");
        if (!kind.equals("dangling")) write(elsewhere.resolve("settings.json"), "{\"secret\": 1}");
        Files.createDirectories(project);
        if (kind.equals("directory")) {
            Files.createSymbolicLink(project.resolve(".trails"), elsewhere);
        } else {
            Files.createDirectory(project.resolve(".trails"));
            Files.createSymbolicLink(projectFile, elsewhere.resolve("settings.json"));
        }
        TrailsException error = catchThrowableOfType(TrailsException.class, this::load);
        assertThat(error.code()).isIn("settings.outside-project", "settings.unreadable");
        assertThat(error.getMessage()).doesNotContain("secret");
    }

    @Test
    void a_link_within_the_project_is_followed() throws IOException {
        write(project.resolve("config/trails.json"), "{\"session_mode\": \"git\"}");
        Files.createDirectories(projectFile.getParent());
        Files.createSymbolicLink(projectFile, Path.of("../config/trails.json"));
        assertThat(load().get(0).settings().mode()).contains("git");
    }

    @Test
    void a_projects_agents_are_ignored_with_a_warning() {
        write(projectFile, "{\"agents\": {\"evil\": {\"command\": \"sh\"}}}");
        SettingsLayer layer = load().get(0);
        assertThat(layer.settings().agents()).isEmpty();
        assertThat(layer.warnings()).extracting(Reason::code).containsExactly("settings.untrusted-agents");
        assertThat(layer.warnings().get(0).message()).contains("evil");
    }

    @Test
    void a_projects_control_group_is_ignored_with_a_warning() {
        write(projectFile, "{\"cgroup_parent\": \"/sys/fs/cgroup/evil\"}");
        SettingsLayer layer = load().get(0);
        assertThat(layer.settings().cgroupParent()).isEmpty();
        assertThat(layer.warnings()).extracting(Reason::code).containsExactly("settings.untrusted-cgroup");
    }

    @Test
    void a_project_records_output_and_no_input() {
        write(projectFile, "{\"recording\": {\"input\": true}}");
        SettingsLayer layer = load().get(0);
        assertThat(layer.settings().recording()).contains(RecordingOptions.output());
        assertThat(layer.warnings()).extracting(Reason::code).containsExactly("settings.untrusted-recording");
        assertThat(layer.warnings().get(0).message()).contains("settings.json:1");
    }

    @Test
    void a_user_configures_the_files_of_sessions() {
        write(
                userFile,
                "{\"worktree_location\": \"~/trees\", \"dirty\": \"move\", \"large_files\": false, \"setup\": ["
                        + "{\"pattern\": \"**/shop\", \"command\": [\"npm\", \"ci\"], \"timeout_s\": 60},"
                        + "{\"command\": [\"make\"]}]}");
        Settings settings = load().get(0).settings();
        assertThat(load().get(0).warnings()).isEmpty();
        assertThat(settings.worktreeLocation()).contains(Path.of("~/trees"));
        assertThat(settings.dirty()).contains(DirtyPolicy.MOVE);
        assertThat(settings.largeFiles()).contains(false);
        assertThat(settings.setup())
                .containsExactly(
                        SetupCommand.in("**/shop", "npm", "ci").timeout(Duration.ofMinutes(1)),
                        SetupCommand.in("**", "make"));
    }

    @ParameterizedTest
    @CsvSource({
        "settings.untrusted-location, '\"worktree_location\": \"/tmp/evil\"'",
        "settings.untrusted-dirty, '\"dirty\": \"move\"'",
        "settings.untrusted-large-files, '\"large_files\": true'",
        "settings.untrusted-setup, '\"setup\": [{\"command\": [\"evil\"]}]'"
    })
    void a_projects_wish_that_would_write_or_run_something_is_ignored_with_a_warning(String code, String setting) {
        write(projectFile, "{" + setting + "}");
        SettingsLayer layer = load().get(0);
        assertThat(layer.warnings()).extracting(Reason::code).containsExactly(code);
        assertThat(layer.warnings().get(0).message()).contains("settings.json:1");
        assertThat(layer.settings().worktreeLocation()).isEmpty();
        assertThat(layer.settings().dirty()).isEmpty();
        assertThat(layer.settings().largeFiles()).isEmpty();
        assertThat(layer.settings().setup()).isEmpty();
    }

    @Test
    void a_project_is_asked_about_uncommitted_work_only_if_nobody_else_says_anything() {
        write(projectFile, "{\"dirty\": \"block\"}");
        assertThat(load().get(0).warnings()).isEmpty();
        assertThat(SettingsLayer.dirty(load())).contains(DirtyPolicy.BLOCK);
        write(userFile, "{\"dirty\": \"carry\"}");
        assertThat(SettingsLayer.dirty(load())).contains(DirtyPolicy.CARRY);
        write(administratorFile, "{\"dirty\": \"ignore\"}");
        assertThat(SettingsLayer.dirty(load())).contains(DirtyPolicy.IGNORE);
    }

    @Test
    void setup_commands_of_all_who_are_trusted_run_the_administrators_first() {
        write(administratorFile, "{\"setup\": [{\"command\": [\"first\"]}]}");
        write(projectFile, "{\"setup\": [{\"command\": [\"evil\"]}]}");
        write(userFile, "{\"setup\": [{\"command\": [\"second\"]}]}");
        assertThat(SettingsLayer.setup(load()))
                .containsExactly(SetupCommand.in("**", "first"), SetupCommand.in("**", "second"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "\"worktree_location\": \"relative/path\"",
                "\"worktree_location\": \"~other/path\"",
                "\"dirty\": \"stash\"",
                "\"large_files\": \"yes\"",
                "\"setup\": [{\"pattern\": \"**\"}]",
                "\"setup\": [{\"command\": []}]",
                "\"setup\": [{\"command\": \"make\"}]",
                "\"setup\": [{\"command\": [\"make\"], \"pattern\": \"[\"}]",
                "\"setup\": [{\"command\": [\"make\"], \"timeout_s\": 0}]"
            })
    void what_cannot_be_configured_for_files_is_an_error_with_its_place(String setting) {
        write(userFile, "{\n" + setting + "}");
        assertThatThrownBy(this::load)
                .hasMessageContaining("settings.json:2")
                .extracting("code")
                .isEqualTo("settings.invalid");
    }

    @Test
    void a_user_decides_about_recording_before_a_project() {
        write(projectFile, "{\"recording\": true}");
        assertThat(SettingsLayer.recording(load())).contains(RecordingOptions.output());
        write(userFile, "{\"recording\": false}");
        assertThat(SettingsLayer.recording(load())).isEmpty();
        write(userFile, "{\"recording\": {\"input\": true}}");
        assertThat(SettingsLayer.recording(load()))
                .contains(RecordingOptions.output().withInput());
        assertThat(SettingsLayer.recording(List.of())).isEmpty();
    }

    @Test
    void an_administrators_wish_for_a_recording_has_no_effect() {
        write(administratorFile, "{\"recording\": true}");
        assertThat(load().get(0).warnings()).extracting(Reason::code).containsExactly("settings.no-effect");
        assertThat(SettingsLayer.recording(load())).isEmpty();
    }

    @Test
    void a_recording_that_is_too_small_or_no_recording_is_an_error() {
        for (String value : List.of("1", "\"yes\"", "{\"max_bytes\": 1048575}", "{\"input\": 1}", "null")) {
            write(userFile, "{\"recording\": " + value + "}");
            assertThatThrownBy(this::load)
                    .isInstanceOfSatisfying(
                            TrailsException.class,
                            wrong -> assertThat(wrong.code()).isEqualTo("settings.invalid"))
                    .hasMessageContaining("recording");
        }
    }

    @Test
    void an_administrators_control_group_comes_before_a_users() {
        write(userFile, "{\"cgroup_parent\": \"/sys/fs/cgroup/users\"}");
        assertThat(SettingsLayer.cgroupParent(load())).contains(Path.of("/sys/fs/cgroup/users"));
        write(administratorFile, "{\"cgroup_parent\": \"/sys/fs/cgroup/machines\"}");
        List<SettingsLayer> both = load();
        assertThat(SettingsLayer.cgroupParent(both)).contains(Path.of("/sys/fs/cgroup/machines"));
        assertThat(both.get(0).warnings()).isEmpty();
        assertThat(SettingsLayer.cgroupParent(List.of())).isEmpty();
    }

    @Test
    void a_control_group_is_an_absolute_path() {
        for (String wrong : List.of("trails", "../cgroup", "a\\u0000b")) {
            TrailsException error = userFails("{\"cgroup_parent\": \"" + wrong + "\"}");
            assertThat(error.code()).isEqualTo("settings.invalid");
            assertThat(error).hasMessageContaining("'cgroup_parent' must be the absolute path of a control group");
        }
    }

    @Test
    void an_administrators_wishes_are_reported_as_without_effect() {
        write(administratorFile, "{\"session_mode\": \"direct\", \"mode_fallback\": true, \"security\": {}}");
        SettingsLayer layer = load().get(0);
        assertThat(layer.settings().mode()).isEmpty();
        assertThat(layer.warnings()).extracting(Reason::code).containsOnly("settings.no-effect");
        assertThat(layer.warnings()).hasSize(2);
    }

    @Test
    void a_file_may_name_modes_of_the_host_and_of_those_trusted_more() {
        write(administratorFile, "{\"modes\": {\"jailed\": {}}}");
        write(userFile, "{\"session_mode\": \"jailed\", \"mode_preferences\": {\"a\": \"hosts-own\"}}");
        assertThat(load(Mode.named("hosts-own").build())).hasSize(2);
    }

    @Test
    void a_users_file_may_not_name_a_mode_that_only_the_project_defines() {
        write(projectFile, "{\"modes\": {\"fast\": {}}}");
        write(userFile, "{\"session_mode\": \"fast\"}");
        assertThat(catchThrowableOfType(TrailsException.class, this::load)).hasMessageContaining("'session_mode'");
    }

    @Test
    void no_variable_moves_the_administrators_file() {
        Path chosen = new SettingsPaths(Path.of("/"), false).administrator();
        assertThat(chosen).isEqualTo(Path.of("/etc/trails/policy.json"));
    }

    @Test
    void the_users_file_follows_the_variables_of_the_platform() {
        Path home = machine.resolve("home");
        var unix = new SettingsPaths(machine, false);
        var windows = new SettingsPaths(machine, true);
        assertThat(unix.user(Map.of("HOME", home.toString()))).contains(home.resolve(".config/trails/settings.json"));
        assertThat(unix.user(Map.of("HOME", "/h", "XDG_CONFIG_HOME", home.toString())))
                .contains(home.resolve("trails/settings.json"));
        assertThat(unix.user(Map.of("HOME", home.toString(), "XDG_CONFIG_HOME", "relative")))
                .contains(home.resolve(".config/trails/settings.json"));
        assertThat(unix.user(Map.of())).isEmpty();
        assertThat(windows.user(Map.of("APPDATA", home.toString()))).contains(home.resolve("trails/settings.json"));
        assertThat(windows.user(Map.of("HOME", home.toString()))).isEmpty();
    }

    @Test
    void a_host_reads_a_file_of_its_own_with_modes_that_it_adds_later() {
        write(userFile, "{\"session_mode\": \"hosts-own\", \"agents\": {\"a\": {\"command\": [\"a b\"]}}}");
        Settings settings = Settings.read(userFile);
        assertThat(settings.mode()).contains("hosts-own");
        assertThat(settings.agents().get("a").launch()).containsExactly("a b");
    }

    @Test
    void a_host_that_reads_a_file_that_is_not_there_is_told() {
        assertThatThrownBy(() -> Settings.read(userFile))
                .isInstanceOf(TrailsException.class)
                .hasMessageContaining("does not exist");
    }
}
