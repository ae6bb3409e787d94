package io.trails.internal.select;

import static org.assertj.core.api.Assertions.assertThat;

import io.trails.Limits;
import io.trails.Mode;
import io.trails.ModeRule;
import io.trails.SecurityPolicy;
import io.trails.SessionSpec;
import io.trails.Settings;
import io.trails.internal.settings.Surroundings;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** What a person reads in three typical situations. */
class ExplainTest {
    private static void assertReads(String golden, Scene scene, SessionSpec.Builder spec) throws IOException {
        try (InputStream in = ExplainTest.class.getResourceAsStream(golden)) {
            assertThat(in).as(golden).isNotNull();
            String expected = new String(in.readAllBytes(), StandardCharsets.UTF_8).stripTrailing();
            assertThat(scene.select(spec).advice().explain()).isEqualTo(expected);
        }
    }

    @Test
    void an_agent_on_a_machine_with_only_a_jdk() throws IOException {
        assertReads("explain-only-a-jdk.txt", new Scene().providers(Guests.bare()), Scene.claude());
    }

    @Test
    void a_wish_for_a_container_on_a_machine_without_an_engine() throws IOException {
        Scene scene = new Scene()
                .providers(Guests.without(Guests.all(), "dagger"))
                .user(Settings.builder().mode("container"))
                .project(Settings.builder().mode("direct"));
        assertReads(
                "explain-no-engine.txt",
                scene,
                Scene.claude().limits(Limits.builder().memory(1L << 30).build()));
    }

    @Test
    void a_forbidden_mode_in_a_ci_container() throws IOException {
        Scene scene = new Scene()
                .surroundings(Surroundings.detect(
                        Map.of("GITHUB_ACTIONS", "true", "KUBERNETES_SERVICE_HOST", "x"), Path.of("/nowhere"), false))
                .administrator(Settings.builder()
                        .policy(SecurityPolicy.builder()
                                .rule(ModeRule.require("**/shop", "container", "customers' data"))
                                .build()));
        assertReads("explain-forbidden.txt", scene, Scene.claude().mode(Mode.DIRECT));
    }
}
