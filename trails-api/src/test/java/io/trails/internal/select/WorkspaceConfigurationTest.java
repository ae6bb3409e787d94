package io.trails.internal.select;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.trails.Settings;
import io.trails.SetupCommand;
import io.trails.internal.settings.SettingsLayer;
import io.trails.internal.settings.SettingsLayer.Source;
import io.trails.spi.WorkspaceSettings;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class WorkspaceConfigurationTest {
    private static final Path PROJECT = Path.of("/srv/shop/api");
    private static final Map<String, String> ANN = Map.of("HOME", "/home/ann");

    private static WorkspaceSettings configured(Settings settings, Map<String, String> environment) {
        var layer = new SettingsLayer(Source.HOST, "the host's code", settings, List.of());
        return WorkspaceConfiguration.of(List.of(layer), PROJECT, environment);
    }

    @Test
    void nothing_is_configured_unless_somebody_says_so() {
        WorkspaceSettings settings = configured(Settings.empty(), Map.of());
        assertThat(settings.location()).isEmpty();
        assertThat(settings.setup()).isEmpty();
        assertThat(settings.largeFiles()).isTrue();
    }

    @Test
    void a_tilde_is_the_home_that_the_environment_names() {
        Settings below = Settings.builder().worktreeLocation(Path.of("~/trees")).build();
        assertThat(configured(below, ANN).location()).contains(Path.of("/home/ann/trees"));
        Settings home = Settings.builder().worktreeLocation(Path.of("~")).build();
        assertThat(configured(home, ANN).location()).contains(Path.of("/home/ann"));
        for (Map<String, String> homeless : List.of(Map.<String, String>of(), Map.of("HOME", "ann"))) {
            assertThatThrownBy(() -> configured(below, homeless))
                    .hasMessageContaining("HOME")
                    .extracting("code")
                    .isEqualTo("settings.invalid");
        }
    }

    @Test
    void only_the_commands_for_this_project_are_passed_in_their_order() {
        Settings settings = Settings.builder()
                .setup(SetupCommand.in("**", "first"))
                .setup(SetupCommand.in("**/web", "never"))
                .setup(SetupCommand.in("shop/*", "second").timeout(Duration.ofSeconds(5)))
                .largeFiles(false)
                .build();
        assertThat(configured(settings, ANN).setup())
                .containsExactly(
                        new WorkspaceSettings.Setup(List.of("first"), Duration.ofMinutes(10)),
                        new WorkspaceSettings.Setup(List.of("second"), Duration.ofSeconds(5)));
        assertThat(configured(settings, ANN).largeFiles()).isFalse();
    }
}
