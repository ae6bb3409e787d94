package io.trails.tck;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** What any user of this machine sees of the processes on it. */
final class ArgumentLists {
    private static final Path PROC = Path.of("/proc");

    private ArgumentLists() {}

    static List<String> ofThisMachine() throws IOException {
        List<String> lists = new ArrayList<>(byHandle().values());
        lists.addAll(byProc().values());
        return lists;
    }

    /** The argument lists in which the argument stands, by process; none of a process that only waits to be reaped. */
    static Map<Long, String> with(String argument) {
        try {
            Map<Long, String> all = Files.isDirectory(PROC) ? byProc() : byHandle();
            all.values().removeIf(list -> !list.contains(argument));
            return all;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Map<Long, String> byHandle() {
        Map<Long, String> lists = new HashMap<>();
        ProcessHandle.allProcesses()
                .forEach(process -> process.info().commandLine().ifPresent(list -> lists.put(process.pid(), list)));
        return lists;
    }

    private static Map<Long, String> byProc() throws IOException {
        Map<Long, String> lists = new HashMap<>();
        if (!Files.isDirectory(PROC)) return lists;
        try (DirectoryStream<Path> entries = Files.newDirectoryStream(PROC, "[0-9]*")) {
            for (Path entry : entries) {
                long pid = Long.parseLong(entry.getFileName().toString());
                of(entry).ifPresent(list -> lists.put(pid, list));
            }
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
