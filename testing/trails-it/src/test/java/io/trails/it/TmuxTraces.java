package io.trails.it;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** What the terminals of a project have outside of it. */
final class TmuxTraces {
    private TmuxTraces() {}

    /** Skips the test without tmux, or fails it where tools are required. */
    static void needTmux() {
        boolean installed = Stream.of(System.getenv().getOrDefault("PATH", "").split(":", -1))
                .anyMatch(each -> Files.isExecutable(Path.of(each, "tmux")));
        if (!installed && Boolean.getBoolean("trails.test.requireTools")) throw new AssertionError("tmux is missing");
        assumeTrue(installed, "tmux is not installed");
    }

    /** The private directory of the project's server. */
    static Path directory(Path project) throws IOException {
        try {
            byte[] digest = MessageDigest.getInstance("SHA-256")
                    .digest(project.resolve(".trails").toString().getBytes(StandardCharsets.UTF_8));
            return Path.of("/tmp/trails-" + Files.getAttribute(project, "unix:uid"))
                    .resolve(HexFormat.of().formatHex(digest, 0, 8));
        } catch (NoSuchAlgorithmException impossible) {
            throw new IllegalStateException(impossible);
        }
    }

    /** Living processes that name that directory: server, clients, wrappers and recorders that only just start. */
    static Set<String> processes(Path project) throws IOException {
        String directory = directory(project).toString();
        try (Stream<ProcessHandle> all = ProcessHandle.allProcesses()) {
            return all.map(process -> process.pid() + " " + commandLine(process.pid()))
                    .filter(line -> line.contains(directory))
                    .collect(Collectors.toSet());
        }
    }

    private static String commandLine(long process) {
        try {
            return Files.readString(Path.of("/proc/" + process + "/cmdline"), StandardCharsets.ISO_8859_1)
                    .replace('\0', ' ');
        } catch (IOException gone) {
            return "";
        }
    }
}
