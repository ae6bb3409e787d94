package io.trails.tck;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.TimeUnit;

/** Runs {@code git apply} where no repository and no configuration of the machine's has a say. */
final class GitApply {
    private static final String PROGRAM = "git";

    private GitApply() {}

    static void run(Path patch, Path directory) throws IOException {
        Path around = Objects.requireNonNull(directory.toRealPath().getParent());
        Path output = Files.createTempFile(around, "apply", ".txt");
        var builder = new ProcessBuilder(PROGRAM, "apply", "--whitespace=nowarn", patch.toString());
        builder.directory(directory.toFile()).redirectErrorStream(true).redirectOutput(output.toFile());
        Map<String, String> environment = builder.environment();
        environment.keySet().removeIf(name -> name.startsWith("GIT_"));
        environment.put("GIT_CEILING_DIRECTORIES", around.toString());
        environment.put("GIT_CONFIG_NOSYSTEM", "1");
        environment.put("HOME", around.toString());
        environment.put("XDG_CONFIG_HOME", around.toString());
        if (exitCode(builder) != 0) {
            throw new IOException("The patch does not apply: " + Files.readString(output, StandardCharsets.UTF_8));
        }
    }

    private static int exitCode(ProcessBuilder builder) throws IOException {
        Process process;
        try {
            process = builder.start();
        } catch (IOException noGit) {
            assumeTrue(
                    Boolean.getBoolean("trails.test.requireTools"),
                    "there is no git to apply a patch with; override apply()");
            throw noGit;
        }
        try {
            if (process.waitFor(Patience.limit().toMillis(), TimeUnit.MILLISECONDS)) return process.exitValue();
            throw new IOException("git apply does not end");
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw new IOException(interrupted);
        } finally {
            process.destroyForcibly();
        }
    }
}
