package io.trails.internal.engine;

import static org.assertj.core.api.Assertions.assertThat;

import io.trails.Checkpoint;
import io.trails.ContainerEngine;
import io.trails.ContainerRecipe;
import io.trails.Enforcement;
import io.trails.Limits;
import io.trails.Mode;
import io.trails.ModeAdvice;
import io.trails.NetworkPolicy;
import io.trails.SecurityPolicy;
import io.trails.SessionSpec;
import io.trails.Settings;
import io.trails.Trails;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What the provider of a sandbox is told about containers. */
class ContainerChoiceTest {
    private static final Mode MODE = Mode.named("copied")
            .workspaces("test.folder")
            .sandboxes("test.copying")
            .build();
    private static final ContainerEngine OFFLINE = new ContainerEngine(
            "offline", Optional.empty(), Optional.of("unix:///run/o.sock"), NetworkPolicy.none(), Limits.none());

    @TempDir
    Path folder;

    private final CopyingSandbox sandbox = new CopyingSandbox();

    @BeforeEach
    void project() throws IOException {
        Files.createDirectory(folder.resolve("project"));
    }

    private Trails trails(Settings settings) {
        return Trails.builder(folder.resolve("project"))
                .settings(settings)
                .provider(new FolderWorkspace())
                .provider(sandbox)
                .build();
    }

    @Test
    void only_the_plan_is_told_the_recipe_and_the_checkpoint() {
        ContainerRecipe recipe = ContainerRecipe.builder().image("a").build();
        var checkpoint = new Checkpoint("c1", "other", "good", Instant.EPOCH);
        SessionSpec spec =
                SessionSpec.named("work").mode(MODE).forkOf(checkpoint).build();
        try (Trails trails = trails(Settings.builder().container(recipe).build())) {
            trails.open(spec);
            assertThat(trails.audit().newest(1).get(0).details()).containsEntry("recipe", recipe.hash());
        }
        try (Trails trails = trails(Settings.empty())) {
            trails.find("work").orElseThrow().exec("true");
        }
        assertThat(sandbox.planned).singleElement().satisfies(request -> {
            assertThat(request.recipe()).contains(recipe);
            assertThat(request.forkOf()).contains(checkpoint);
        });
        assertThat(sandbox.others).hasSize(2).allSatisfy(request -> {
            assertThat(request.recipe()).isEmpty();
            assertThat(request.forkOf()).isEmpty();
        });
    }

    @Test
    void everybody_is_told_the_same_settings_and_advice_shows_where_a_policy_is_kept() {
        Settings settings = Settings.builder()
                .engine(OFFLINE)
                .uploadLimit(5 << 20)
                .policy(SecurityPolicy.builder().replayAllowed(true).build())
                .build();
        SessionSpec closed = SessionSpec.named("work")
                .mode(MODE)
                .network(NetworkPolicy.none())
                .build();
        try (Trails trails = trails(settings)) {
            ModeAdvice.Candidate best = trails.advise(closed).best().orElseThrow();
            assertThat(best.enforcement()).singleElement().satisfies(answer -> {
                assertThat(answer.level()).isEqualTo(Enforcement.Level.ENFORCED);
                assertThat(answer.reason().message()).contains("offline");
            });
            assertThat(trails.advise(closed).explain()).contains("Engine 'offline' has no network");
            trails.open(closed);
        }
        sandbox.planned.addAll(sandbox.others);
        assertThat(sandbox.planned).hasSize(2).allSatisfy(request -> {
            assertThat(request.settings()).isSameAs(sandbox.asked.get(0)).isSameAs(sandbox.probed.get(0));
            assertThat(request.settings().engines()).containsExactly(OFFLINE);
            assertThat(request.settings().uploadLimit()).hasValue(5 << 20);
            assertThat(request.settings().replayAllowed()).isTrue();
        });
    }

    @Test
    void a_policy_that_no_engine_keeps_is_refused_with_the_providers_reason() {
        SessionSpec closed = SessionSpec.named("work")
                .mode(MODE)
                .network(NetworkPolicy.none())
                .build();
        try (Trails trails = trails(Settings.empty())) {
            assertThat(trails.advise(closed).best()).isEmpty();
            assertThat(trails.advise(closed).explain()).contains("No engine has none");
        }
    }
}
