package io.trails.it;

import static org.assertj.core.api.Assertions.assertThat;

import io.trails.DirtyPolicy;
import io.trails.RecordingOptions;
import io.trails.Settings;
import io.trails.SetupCommand;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SettingsDocumentationTest {
    @Test
    void the_example_in_the_documentation_is_read_as_it_is_explained(@TempDir Path folder) throws IOException {
        String page = Files.readString(Path.of("../../docs/settings.md"));
        int start = page.indexOf("```json") + "```json".length();
        Path file =
                Files.writeString(folder.resolve("settings.json"), page.substring(start, page.indexOf("```", start)));

        Settings settings = Settings.read(file);

        assertThat(settings.mode()).contains("worktree");
        assertThat(settings.modePreferences()).containsEntry("aider", "direct");
        assertThat(settings.fallbackChain()).contains(List.of("container", "worktree", "direct"));
        assertThat(settings.projectRules()).hasSize(2);
        assertThat(settings.agents().get("reviewer").launch()).startsWith("claude");
        assertThat(settings.modes().get("jailed").sandboxes()).containsExactly("acme.firejail");
        assertThat(settings.policy().trustedAgents()).get().asString().contains("aider");
        assertThat(settings.policy().rules()).hasSize(1);
        assertThat(settings.recording())
                .contains(RecordingOptions.output().withInput().maxBytes(16 << 20));
        assertThat(settings.worktreeLocation()).contains(Path.of("~/agents"));
        assertThat(settings.dirty()).contains(DirtyPolicy.CARRY);
        assertThat(settings.largeFiles()).contains(true);
        assertThat(settings.setup())
                .containsExactly(SetupCommand.in("**/shop", "npm", "ci").timeout(Duration.ofMinutes(5)));
    }
}
