package io.trails.internal.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.trails.Mode;
import io.trails.NoModeException;
import io.trails.SessionSpec;
import io.trails.Trails;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ProjectSettingsTest {
    private static final SessionSpec DIRECT =
            SessionSpec.named("work").mode(Mode.DIRECT).build();
    private static final String RULE = "{\"project_rules\": [{\"required_mode\": \"container\"}]}";

    @TempDir
    Path folder;

    private Path project;

    @BeforeEach
    void project() throws IOException {
        project = Files.createDirectories(folder.resolve("project"));
    }

    private Trails withStateElsewhere() {
        return Trails.builder(project)
                .environment(Map.of("PATH", "/usr/bin:/bin", "HOME", folder.toString()))
                .stateDirectory(folder.resolve("state"))
                .build();
    }

    @Test
    void a_project_is_heard_also_if_its_state_is_kept_elsewhere() throws IOException {
        Files.createDirectory(project.resolve(".trails"));
        Files.writeString(project.resolve(".trails/settings.json"), RULE);
        try (Trails trails = withStateElsewhere()) {
            assertThatThrownBy(() -> trails.open(DIRECT)).isInstanceOf(NoModeException.class);
        }
    }

    @Test
    void what_lies_next_to_the_state_is_not_the_projects_settings() throws IOException {
        Files.createDirectory(folder.resolve("state"));
        Files.writeString(folder.resolve("state/settings.json"), RULE);
        try (Trails trails = withStateElsewhere()) {
            assertThat(trails.advise(DIRECT).best()).isPresent();
        }
    }

    @Test
    void a_listener_hears_of_a_preference_for_an_unknown_agent() throws IOException {
        Files.createDirectory(project.resolve(".trails"));
        Files.writeString(project.resolve(".trails/settings.json"), "{\"mode_preferences\": {\"cluade\": \"git\"}}");
        var heard = new CopyOnWriteArrayList<String>();
        try (Trails trails = withStateElsewhere()) {
            trails.onEvent(event -> heard.add(event.reason().code()));
            Awaitility.await().until(() -> heard.contains("settings.unknown-agent"));
        }
    }
}
