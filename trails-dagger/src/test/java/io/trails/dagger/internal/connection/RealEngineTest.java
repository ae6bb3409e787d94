package io.trails.dagger.internal.connection;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assumptions.assumeThat;

import io.trails.dagger.internal.graph.DirectoryId;
import io.trails.dagger.internal.graph.Graph;
import io.trails.dagger.internal.graph.Leaf;
import java.time.Duration;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** A real engine, where the environment names one. */
@Timeout(120)
class RealEngineTest {
    private static final EngineChoice CHOICE = EngineChoice.standard(Duration.ofSeconds(60));

    @BeforeEach
    void there_is_one() {
        assumeThat(System.getenv("_EXPERIMENTAL_DAGGER_RUNNER_HOST"))
                .as("_EXPERIMENTAL_DAGGER_RUNNER_HOST names no engine")
                .isNotNull();
    }

    @Test
    void it_is_found_greeted_and_asked() {
        assertThat(Engines.probe(System.getenv(), CHOICE, Duration.ofSeconds(5)))
                .isInstanceOfSatisfying(
                        EngineStanding.Usable.class,
                        found -> assertThat(found.confirmed()).isTrue());
        try (Engines engines = new Engines(System.getenv())) {
            EngineConnection connection = engines.connect(CHOICE);
            String text = "\u00e4\ud83d\ude00\"\\\n\t\u2028";
            Leaf<String> contents =
                    Graph.directory().withNewFile("/a", text, 0644).file("/a").contents();
            assertThat(connection.ask(Duration.ofSeconds(60), contents).get(contents))
                    .isEqualTo(text);
        }
        assertThat(Scene.children()).isZero();
    }

    @Test
    void an_id_that_is_none_fails_and_the_engine_lives() {
        try (Engines engines = new Engines(System.getenv())) {
            EngineConnection connection = engines.connect(CHOICE);
            Leaf<DirectoryId> leaf =
                    Graph.directory(new DirectoryId("bm9uZQ==")).id();
            assertThatThrownBy(() -> connection.ask(Duration.ofSeconds(60), leaf))
                    .isInstanceOf(GraphException.class)
                    .hasMessageNotContaining("bm9uZQ==");
            assertThat(connection.isLost()).isFalse();
        }
    }
}
