package io.trails.daggerdouble;

import static org.assertj.core.api.Assertions.assertThat;

import io.trails.daggerdouble.scene.Release;
import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

@ExtendWith(NeedsBubblewrap.class)
class SchemaTest {

    @TempDir
    Path folder;

    @ParameterizedTest
    @EnumSource
    void a_release_serves_its_own_schema(Release release) throws IOException {
        try (EngineDouble engine = EngineDouble.start(release, folder.resolve("engine"));
                Client client = new Client(engine, folder)) {
            String answer = client.ask("{version __schema{queryType{fields{name}}}}");
            assertThat(answer).contains("\"version\":\"" + release.version() + "\"");
            assertThat(answer.contains("loadContainerFromID")).isEqualTo(release != Release.V1_0_0_BETA_10);
            assertThat(answer.contains("\"node\"")).isEqualTo(release.hasHandles());
        }
    }

    @ParameterizedTest
    @EnumSource
    void an_object_is_found_again_by_its_id(Release release) throws IOException {
        try (EngineDouble engine = EngineDouble.start(release, folder.resolve("engine"));
                Client client = new Client(engine, folder)) {
            String id = Client.text(
                    client.ask(
                            "{container{from(address:\"debian:12\"){withExec(args:[\"sh\",\"-c\",\"echo 1 > /f\"]){id}}}}"),
                    "id");
            String load = release.hasHandles()
                    ? "{node(id:\"" + id + "\"){... on Container{file(path:\"/f\"){contents}}}}"
                    : "{loadContainerFromID(id:\"" + id + "\"){file(path:\"/f\"){contents}}}";
            assertThat(client.ask(load)).contains("\"contents\":\"1\\n\"");
            assertThat(engine.traffic().executions()).isEqualTo(1);
        }
    }

    @ParameterizedTest
    @EnumSource
    void an_older_client_sees_the_older_schema(Release release) throws IOException {
        try (EngineDouble engine = EngineDouble.start(release, folder.resolve("engine"));
                Client client = new Client(engine, folder, "--version", "v0.20.0")) {
            assertThat(client.ask("{__schema{queryType{fields{name}}}}")).contains("loadContainerFromID");
        }
    }
}
