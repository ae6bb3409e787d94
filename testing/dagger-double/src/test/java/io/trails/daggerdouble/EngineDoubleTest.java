package io.trails.daggerdouble;

import static org.assertj.core.api.Assertions.assertThat;

import io.trails.daggerdouble.scene.Release;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class EngineDoubleTest {

    @TempDir
    Path folder;

    EngineDouble engine;
    Client client;

    @BeforeEach
    void start() throws IOException {
        engine = EngineDouble.start(Release.V0_21_8, folder.resolve("engine"));
        client = new Client(engine, folder);
    }

    @AfterEach
    void end() throws IOException {
        client.close();
        engine.close();
    }

    @Test
    void a_command_changes_files_that_come_back_to_the_host() throws IOException {
        Path project = Files.createDirectory(folder.resolve("project"));
        Files.writeString(project.resolve("kept"), "1");
        Files.writeString(project.resolve("gone"), "1");
        String base = client.ask("{host{directory(path:\"" + project + "\",noCache:true){id}}}");
        String source = Client.text(base, "id");
        String settled = client.ask(
                "{container{from(address:\"debian:12\"){withDirectory(path:\"/workspace\",source:\"" + source + "\"){rootfs{id}}}}}");
        String root = Client.text(settled, "id");
        String answer = client.ask("{container{withRootfs(directory:\"" + root + "\"){withWorkdir(path:\"/workspace\"){"
                + "withExec(args:[\"sh\",\"-c\",\"echo new > new; mkdir -p a/b; rm gone; echo said; id -u; exit 3\"],expect:ANY)"
                + "{exitCode stdout rootfs{id directory(path:\"/workspace\"){export(path:\"" + folder.resolve("out") + "\")"
                + " changes(from:\"" + source + "\"){addedPaths modifiedPaths removedPaths isEmpty layer{entries}}}}}}}}}");
        assertThat(answer)
                .contains("\"exitCode\":3")
                .contains("\"stdout\":\"said\\n0\\n\"")
                .contains("\"addedPaths\":[\"a/\",\"a/b/\",\"new\"]")
                .contains("\"removedPaths\":[\"gone\"]")
                .contains("\"modifiedPaths\":[]")
                .contains("\"entries\":[\"a/\",\"new\"]");
        assertThat(folder.resolve("out/new")).hasContent("new\n");
        assertThat(folder.resolve("out/gone")).doesNotExist();
    }
}
