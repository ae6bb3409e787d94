package io.trails.internal.host;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/** A host that is short of descriptors for a while. */
@EnabledOnOs(value = OS.LINUX, disabledReason = "elsewhere commands get the JDK's pipes")
class DescriptorScarcityTest {
    @TempDir
    Path folder;

    @Test
    void pipes_are_made_again_once_there_are_descriptors() throws Exception {
        Files.createDirectories(folder.resolve("home"));
        var argv = new ArrayList<>(List.of("sh", "-c", "ulimit -n 200; exec \"$@\"", "sh"));
        argv.addAll(HostFixture.java(HostProgram.class, List.of(), "scarcity", folder.toString())
                .command());
        Path output = folder.resolve("output");
        Process other = new ProcessBuilder(argv)
                .redirectErrorStream(true)
                .redirectOutput(output.toFile())
                .start();
        try {
            assertThat(other.waitFor(60, TimeUnit.SECONDS)).isTrue();
        } finally {
            other.destroyForcibly();
        }
        assertThat(output).content(StandardCharsets.UTF_8).endsWith("true false true\n");
    }
}
