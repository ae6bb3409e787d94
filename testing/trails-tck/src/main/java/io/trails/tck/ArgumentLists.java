package io.trails.tck;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** What any user of this machine sees of the processes on it. */
final class ArgumentLists {
    private static final Path PROC = Path.of("/proc");

    private ArgumentLists() {}

    static List<String> ofThisMachine() throws IOException {
        List<String> lists = new ArrayList<>();
        ProcessHandle.allProcesses()
                .forEach(process -> process.info().commandLine().ifPresent(lists::add));
        if (!Files.isDirectory(PROC)) return lists;
        try (DirectoryStream<Path> entries = Files.newDirectoryStream(PROC, "[0-9]*")) {
            for (Path entry : entries) of(entry).ifPresent(lists::add);
        }
        return lists;
    }

    private static Optional<String> of(Path process) {
        try {
            byte[] arguments = Files.readAllBytes(process.resolve("cmdline"));
            return Optional.of(new String(arguments, StandardCharsets.UTF_8).replace('\0', ' '));
        } catch (IOException ended) {
            // A process that ends while the table is read has no arguments left to show.
            return Optional.empty();
        }
    }
}
