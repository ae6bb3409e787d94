package io.trails.bench;

import java.io.IOException;
import java.lang.ProcessBuilder.Redirect;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** The JDK's archive of the classes that one program loads, which a host may make once and then start from. */
final class ClassArchive {
    private ClassArchive() {}

    /**
     * Runs the program once and keeps its classes.
     *
     * @param program what follows the flags of {@code java}, without the directory the program is given
     * @return the flags that start it from the archive
     */
    static List<String> flags(Scratch scratch, String name, List<String> program)
            throws IOException, InterruptedException {
        Path archive = scratch.root().resolve(name + ".jsa");
        List<String> command = new ArrayList<>(StartUp.java(List.of("-XX:ArchiveClassesAtExit=" + archive), program));
        command.add(scratch.project().toString());
        // The JDK warns of every class that it leaves out.
        Process training = new ProcessBuilder(command)
                .redirectOutput(Redirect.DISCARD)
                .redirectError(Redirect.DISCARD)
                .start();
        int exit = training.waitFor();
        if (exit != 0) throw new IllegalStateException(command + " exited with " + exit);
        return List.of("-XX:SharedArchiveFile=" + archive);
    }
}
