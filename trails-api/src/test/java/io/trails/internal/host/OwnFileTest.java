package io.trails.internal.host;

import static org.assertj.core.api.Assertions.assertThat;

import io.trails.Command;
import io.trails.Limits;
import java.io.File;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

@EnabledOnOs(value = OS.LINUX, disabledReason = "elsewhere no record of the commands is kept")
class OwnFileTest {
    @TempDir
    Path folder;

    @Test
    void what_is_kept_about_a_session_is_for_its_owner_alone() throws Exception {
        try (var host =
                new HostFixture(folder, Limits.builder().disk(1_000_000_000).build())) {
            host.sandbox.exec(Command.of("true")).orThrow();
            File[] kept = Objects.requireNonNull(folder.resolve("own").toFile().listFiles());
            assertThat(kept).extracting(File::getName).contains("disk-baseline");
            assertThat(kept).anyMatch(file -> file.getName().startsWith(CommandRecord.PREFIX));
            for (File file : kept) {
                assertThat(Files.getPosixFilePermissions(file.toPath()))
                        .as(file.getName())
                        .isEqualTo(PosixFilePermissions.fromString("rw-------"));
            }
        }
    }
}
