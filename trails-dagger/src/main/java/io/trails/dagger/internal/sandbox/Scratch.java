package io.trails.dagger.internal.sandbox;

import io.trails.TrailsException;
import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import org.slf4j.LoggerFactory;

/** Where inputs and outputs of a session's commands lie on the host while they run. Thread-safe. */
final class Scratch {
    private final Path place;
    private final RunMarks marks;

    Scratch(Path own, RunMarks marks) {
        place = own.resolve("scratch");
        this.marks = marks;
    }

    /** A directory for one command. */
    Path create() {
        try {
            return Files.createTempDirectory(Files.createDirectories(place), "");
        } catch (IOException e) {
            throw new TrailsException(
                    "dagger.files-unwritable",
                    "Nothing can be written in " + place + "; make room or make it writable",
                    e);
        }
    }

    /** What killed JVMs left there has outputs of their commands, with whatever secrets these wrote. */
    void clear() {
        var left = new ArrayList<Path>();
        try (DirectoryStream<Path> all = Files.newDirectoryStream(place)) {
            all.forEach(left::add);
            // In this order: who has made one of those runs something.
            if (marks.isRunning()) return;
            for (Path each : left) OwnTree.deleteAll(each);
        } catch (NoSuchFileException noneYet) {
            return;
        } catch (IOException e) {
            LoggerFactory.getLogger(Scratch.class).warn("What commands wrote stays in {}", place, e);
        }
    }
}
