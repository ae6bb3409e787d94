package io.trails.internal.settings;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.trails.ContainerBase;
import io.trails.ContainerEngine;
import io.trails.ContainerRecipe;
import io.trails.Limits;
import io.trails.NetworkPolicy;
import io.trails.Reason;
import io.trails.SessionSpec;
import io.trails.Settings;
import io.trails.TrailsException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What settings files say about containers, and whom of them is believed. */
class ContainerSettingsTest {
    private static final SessionSpec PLAIN = SessionSpec.named("work").build();
    private static final SessionSpec CLAUDE =
            SessionSpec.named("work").agent("claude").build();

    @TempDir
    Path machine;

    private Path projectFile;
    private Path userFile;
    private Path administratorFile;

    @BeforeEach
    void lay_out_the_machine() {
        projectFile = machine.resolve("project/.trails/settings.json");
        userFile = machine.resolve("home/.config/trails/settings.json");
        administratorFile = machine.resolve("root/etc/trails/policy.json");
    }

    private List<SettingsLayer> load() {
        return SettingsLoader.load(
                machine.resolve("project/.trails"),
                Map.of("HOME", machine.resolve("home").toString()),
                new SettingsPaths(machine.resolve("root"), false),
                List.of());
    }

    private static void write(Path file, String json) {
        try {
            Files.createDirectories(file.getParent());
            Files.writeString(file, json.replace('`', '"'));
        } catch (IOException failed) {
            throw new AssertionError(failed);
        }
    }

    private SettingsLayer user(String json) {
        write(userFile, json);
        return load().get(0);
    }

    private static ContainerRecipe image(String address) {
        return ContainerRecipe.builder().image(address).build();
    }

    private static String json(ContainerRecipe recipe) {
        return "{\"container\": " + recipe.text() + "}";
    }

    private static List<String> codes(List<Reason> reasons) {
        return reasons.stream().map(Reason::code).toList();
    }

    private Optional<ContainerRecipe> chosen(SessionSpec spec) {
        return new ContainerRecipes(load()).find(spec);
    }

    @Test
    void every_key_is_read() {
        String hash = image("a").hash();
        SettingsLayer layer = user("""
                {
                  `container`: {`image`: `debian:12-slim`, `setup`: [[`apt-get`, `update`]], `_why`: `small`},
                  `agent_containers`: {`claude`: {`image`: `node:22`, `services`: [
                    {`name`: `db`, `image`: `postgres:16`, `environment`: {`A`: ``}, `ports`: [5432]}]}},
                  `approved_recipes`: [`%s`],
                  `engines`: {
                    `default`: {`cli`: `/opt/dagger`},
                    `offline`: {
                      `runner_host`: `unix:///run/offline.sock`, `network`: `none`,
                      `limits`: {
                        `cpu_time_s`: 60, `cores`: 1.5, `memory_mb`: 1024, `processes`: 100, `open_files`: 200,
                        `file_size_mb`: 10, `disk_mb`: 20, `wall_clock_s`: 3600,
                      },
                    },
                    `narrow`: {`network`: [`repo.example.org`]},
                  },
                  `upload_limit_mb`: 200,
                  `security`: {`replay_allowed`: true},
                }
                """.formatted(hash));
        Settings settings = layer.settings();
        assertThat(layer.warnings()).isEmpty();
        assertThat(settings.container())
                .contains(ContainerRecipe.builder()
                        .image("debian:12-slim")
                        .setup("apt-get", "update")
                        .build());
        assertThat(settings.agentContainers()).containsOnlyKeys("claude");
        assertThat(settings.agentContainers().get("claude").services())
                .singleElement()
                .satisfies(service -> assertThat(service.base()).isEqualTo(ContainerBase.image("postgres:16")));
        assertThat(settings.approvedRecipes()).containsExactly(hash);
        Limits limits = Limits.builder()
                .cpuTime(Duration.ofMinutes(1))
                .cpuShare(1.5)
                .memory(1 << 30)
                .processes(100)
                .openFiles(200)
                .fileSize(10 << 20)
                .disk(20 << 20)
                .wallClock(Duration.ofHours(1))
                .build();
        assertThat(settings.engines().values())
                .containsExactly(
                        new ContainerEngine(
                                "default",
                                Optional.of(Path.of("/opt/dagger")),
                                Optional.empty(),
                                NetworkPolicy.open(),
                                Limits.none()),
                        new ContainerEngine(
                                "offline",
                                Optional.empty(),
                                Optional.of("unix:///run/offline.sock"),
                                NetworkPolicy.none(),
                                limits),
                        new ContainerEngine(
                                "narrow",
                                Optional.empty(),
                                Optional.empty(),
                                NetworkPolicy.allow("repo.example.org"),
                                Limits.none()));
        assertThat(settings.uploadLimit()).hasValue(200L << 20);
        assertThat(settings.policy().replayAllowed()).contains(true);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{`container`: []} | 'container' must be an object",
                "{`container`: {`image`: 1}} | 'container.image' must be",
                "{`agent_containers`: {`a`: {`setup`: `make`}}} | 'agent_containers.a.setup' must be a list",
                "{`approved_recipes`: [`abc`]} | 'approved_recipes[0]' must be 'sha256:'",
                "{`engines`: {`A b`: {}}} | 'engines.A b' is no engine",
                "{`engines`: {`a`: {`cli`: `dagger`}}} | 'engines.a.cli' must be an absolute path",
                "{`engines`: {`a`: {`network`: `closed`}}} | 'engines.a.network' must be 'open'",
                "{`engines`: {`a`: {`network`: []}}} | 'engines.a.network' must be 'open'",
                "{`engines`: {`a`: {`limits`: {`memory_mb`: 0}}}} | 'engines.a.limits.memory_mb' must be at least 1",
                "{`engines`: {`a`: {`limits`: {`cores`: 0.0001}}}} | 'engines.a.limits.cores' must be a number of cores",
                "{`upload_limit_mb`: 0} | 'upload_limit_mb' must be at least 1, but is 0",
                "{`security`: {`replay_allowed`: 1}} | 'security.replay_allowed' must be true or false",
            })
    void what_is_wrong_is_named_with_its_place(String json, String says) {
        write(userFile, json);
        TrailsException failure = catchThrowableOfType(TrailsException.class, this::load);
        assertThat(failure.code()).isEqualTo("settings.invalid");
        assertThat(failure).hasMessageContaining(userFile + ":1").hasMessageContaining(says);
    }

    @Test
    void a_key_that_is_not_known_in_a_recipe_is_told() {
        assertThat(user("{`container`: {`images`: `a`}}").warnings())
                .singleElement()
                .satisfies(warning -> assertThat(warning.remedy()).contains("'image'"));
    }

    @Test
    void a_recipe_for_an_agent_that_nobody_knows_is_told() {
        write(userFile, "{`agent_containers`: {`cluade`: {}}}");
        assertThat(new AgentProfiles(List.of(), load()).unknownPreferences())
                .singleElement()
                .satisfies(warning -> {
                    assertThat(warning.message()).contains(userFile + ":1").contains("'agent_containers'");
                    assertThat(warning.remedy()).contains("'claude'");
                });
    }

    @Test
    void a_repository_declares_no_engine_approves_nothing_and_sets_no_bound() {
        write(projectFile, """
                {`engines`: {`a`: {`cli`: `/bin/sh`}}, `approved_recipes`: [`%s`], `upload_limit_mb`: 9999}
                """.formatted(image("a").hash()));
        SettingsLayer layer = load().get(0);
        assertThat(codes(layer.warnings()))
                .containsExactlyInAnyOrder(
                        "settings.untrusted-engines", "settings.untrusted-approval", "settings.untrusted-upload-limit");
        assertThat(layer.settings().engines()).isEmpty();
        assertThat(layer.settings().approvedRecipes()).isEmpty();
        assertThat(layer.settings().uploadLimit()).isEmpty();
    }

    @Test
    void an_administrator_approves_and_declares_but_has_no_wishes() {
        write(administratorFile, """
                {`container`: {`image`: `a`}, `agent_containers`: {`claude`: {`image`: `a`}},
                 `engines`: {`a`: {}}, `upload_limit_mb`: 1}
                """);
        SettingsLayer layer = load().get(0);
        assertThat(codes(layer.warnings())).containsExactly("settings.no-effect", "settings.no-effect");
        assertThat(layer.settings().engines()).containsOnlyKeys("a");
        assertThat(chosen(CLAUDE)).isEmpty();
    }

    @Test
    void of_engines_of_one_name_the_administrators_counts() {
        write(administratorFile, "{`engines`: {`a`: {`runner_host`: `unix:///admin`}}, `upload_limit_mb`: 1}");
        write(userFile, "{`engines`: {`a`: {`runner_host`: `unix:///user`}, `b`: {}}, `upload_limit_mb`: 2}");
        List<SettingsLayer> layers = load();
        assertThat(SettingsLayer.engines(layers))
                .extracting(ContainerEngine::name)
                .containsExactly("a", "b");
        assertThat(SettingsLayer.engines(layers).get(0).runnerHost()).contains("unix:///admin");
        assertThat(SettingsLayer.uploadLimit(layers)).hasValue(1L << 20);
    }

    @Test
    void a_repositorys_recipe_is_followed_once_its_hash_is_approved() {
        ContainerRecipe recipe = image("debian:12-slim");
        write(projectFile, json(recipe));
        assertThat(chosen(PLAIN)).isEmpty();
        assertThat(new ContainerRecipes(load()).ignored()).singleElement().satisfies(warning -> {
            assertThat(warning.code()).isEqualTo("settings.untrusted-recipe");
            assertThat(warning.message()).contains(projectFile + ":1").contains(recipe.hash());
            assertThat(warning.remedy()).contains("approved_recipes").contains(recipe.hash());
        });
        write(userFile, "{`approved_recipes`: [`" + recipe.hash() + "`]}");
        assertThat(chosen(PLAIN)).contains(recipe);
        assertThat(new ContainerRecipes(load()).ignored()).isEmpty();
        write(projectFile, json(image("evil")));
        assertThat(chosen(PLAIN)).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{`rootfs`: `/`}",
                "{`archive`: `/home/me/backup.tar`}",
                "{`secrets`: {`KEY`: `file:/home/me/.ssh/id_ed25519`}}",
                "{`services`: [{`name`: `a`, `rootfs`: `/etc`}]}",
            })
    void a_repositorys_recipe_names_no_file_of_the_host_even_if_it_is_approved(String recipe) {
        String hash = ContainerRecipe.parse(recipe.replace('`', '"')).hash();
        write(projectFile, "{`container`: " + recipe + "}");
        write(userFile, "{`approved_recipes`: [`" + hash + "`]}");
        assertThat(chosen(PLAIN)).isEmpty();
        assertThat(codes(new ContainerRecipes(load()).ignored())).containsExactly("settings.untrusted-host-path");
        write(userFile, "{`container`: " + recipe + "}");
        assertThat(chosen(PLAIN)).isPresent();
    }

    @Test
    void a_secret_of_the_hosts_environment_is_approved_by_its_name() {
        ContainerRecipe recipe =
                ContainerRecipe.builder().secret("TOKEN", "env:CI_TOKEN").build();
        write(projectFile, json(recipe));
        write(userFile, "{`approved_recipes`: [`" + recipe.hash() + "`]}");
        assertThat(chosen(PLAIN)).contains(recipe);
    }

    @Test
    void the_spec_goes_first_then_the_repository_then_the_user_and_an_agents_before_everybodys() {
        write(userFile, "{`container`: {`image`: `user`}, `agent_containers`: {`claude`: {`image`: `user-claude`}}}");
        assertThat(chosen(PLAIN)).contains(image("user"));
        assertThat(chosen(CLAUDE)).contains(image("user-claude"));
        write(projectFile, json(image("project")));
        write(administratorFile, "{`approved_recipes`: [`" + image("project").hash() + "`]}");
        assertThat(chosen(PLAIN)).contains(image("project"));
        assertThat(chosen(CLAUDE)).contains(image("project"));
        SessionSpec own = SessionSpec.named("work").container(image("own")).build();
        assertThat(chosen(own)).contains(image("own"));
    }

    @Test
    void settings_in_code_check_what_they_are_given() {
        Settings.Builder settings = Settings.builder();
        assertThatThrownBy(() -> settings.approvedRecipe("sha256:1")).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> settings.uploadLimit(0)).isInstanceOf(IllegalArgumentException.class);
    }
}
