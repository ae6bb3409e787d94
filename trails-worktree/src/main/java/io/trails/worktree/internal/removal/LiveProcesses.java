package io.trails.worktree.internal.removal;

import java.io.IOException;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** Processes that work in a tree, as far as this system shows them: by their directory, or by a file they hold open. */
final class LiveProcesses {
    private static final Path PROCESSES = Path.of("/proc");

    private LiveProcesses() {}

    /**
     * Each as a person would name it.
     *
     * @param openFiles whether to look at these too, which takes longer
     */
    static List<String> in(List<Path> trees, boolean openFiles) {
        var found = new ArrayList<String>();
        if (!Files.isDirectory(PROCESSES.resolve("self"))) return found;
        try (DirectoryStream<Path> processes = Files.newDirectoryStream(PROCESSES, "[0-9]*")) {
            for (Path process : processes) {
                if (isBelow(process.resolve("cwd"), trees) || (openFiles && holds(process.resolve("fd"), trees))) {
                    found.add(name(process));
                }
            }
        } catch (IOException unseen) {
            return found;
        }
        return found;
    }

    private static boolean holds(Path descriptors, List<Path> trees) {
        try (DirectoryStream<Path> files = Files.newDirectoryStream(descriptors)) {
            for (Path file : files) {
                if (isBelow(file, trees)) return true;
            }
        } catch (IOException | DirectoryIteratorException othersOrGone) {
            return false;
        }
        return false;
    }

    private static boolean isBelow(Path link, List<Path> trees) {
        try {
            Path target = Files.readSymbolicLink(link);
            if (target.toString().endsWith(" (deleted)")) return false;
            return trees.stream().anyMatch(target::startsWith);
        } catch (IOException othersOrGone) {
            return false;
        }
    }

    private static String name(Path process) {
        try {
            return "process " + process.getFileName() + " ("
                    + Files.readString(process.resolve("comm")).strip() + ")";
        } catch (IOException gone) {
            return "process " + process.getFileName();
        }
    }
}
