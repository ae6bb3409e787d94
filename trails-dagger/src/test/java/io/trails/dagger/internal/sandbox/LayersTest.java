package io.trails.dagger.internal.sandbox;

import static org.assertj.core.api.Assertions.assertThat;

import io.trails.dagger.internal.connection.EngineChoice;
import io.trails.dagger.internal.connection.EngineConnection;
import io.trails.dagger.internal.connection.Engines;
import io.trails.dagger.internal.files.Manifest;
import io.trails.dagger.internal.graph.DirectoryId;
import io.trails.dagger.internal.graph.DirectoryStep;
import io.trails.dagger.internal.graph.ExecOptions;
import io.trails.dagger.internal.graph.Graph;
import io.trails.dagger.internal.recipe.Container;
import io.trails.daggerdouble.EngineDouble;
import io.trails.daggerdouble.scene.Release;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

@Timeout(60)
class LayersTest {
    private static final Duration PATIENCE = Duration.ofSeconds(30);
    private static final int MANY = 490;

    @TempDir
    Path place;

    @ParameterizedTest
    @EnumSource(
            value = Release.class,
            names = {"V0_20_8", "V0_21_8"})
    void a_root_of_many_layers_becomes_one_that_can_be_mounted(Release release) throws IOException {
        try (EngineDouble played = EngineDouble.start(release, place.resolve("engine"));
                Engines engines = new Engines(System.getenv())) {
            EngineConnection engine = engines.connect(new EngineChoice(
                    "played",
                    Optional.of(played.cli(place.resolve("bin"))),
                    Optional.of(played.runnerHost()),
                    PATIENCE));
            Situation deep = deep(engine);

            DirectoryId flat = Layers.bounded(deep, PATIENCE).root();

            var said = Graph.container()
                    .withRootfs(flat)
                    .withExec(ExecOptions.of(List.of("cat", "/file")))
                    .stdout();
            assertThat(engine.ask(PATIENCE, said).get(said)).isEqualTo("content");
        }
    }

    private static Situation deep(EngineConnection engine) {
        DirectoryStep step = Graph.container().from("debian:12").rootfs();
        for (int i = 0; i < MANY; i++) step = step.withNewFile("/file", "content", 0644);
        var id = step.id();
        var frame = Graph.container().id();
        var answers = engine.ask(PATIENCE, id, frame);
        DirectoryId root = answers.get(id);
        var container = new Container(answers.get(frame), root, root, "root", "/workspace");
        return new Situation(engine, container, root, root, Manifest.empty(), MANY);
    }
}
