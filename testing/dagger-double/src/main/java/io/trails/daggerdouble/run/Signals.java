package io.trails.daggerdouble.run;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;

/** Who is started in the background of a shell ignores interrupts, and so does all that it starts; an engine's containers do not. */
final class Signals {

    private static final List<String> BY_DEFAULT = List.of("/usr/bin/env", "--default-signal=HUP,INT,QUIT");

    private Signals() {}

    /** How bubblewrap is called so that what it runs is deaf to nothing, wherever commands look for their programs. */
    static List<String> heardBy(String bubblewrap) {
        return Arrays.stream(System.getenv().getOrDefault("PATH", "").split(":", -1))
                .map(directory -> Path.of(directory, bubblewrap))
                .filter(Files::isExecutable)
                .filter(found -> isHelpful())
                .findFirst()
                .map(found -> List.of(BY_DEFAULT.get(0), BY_DEFAULT.get(1), found.toString()))
                .orElse(List.of(bubblewrap));
    }

    /** Not each system's env can do that. */
    private static boolean isHelpful() {
        try {
            Process probe = new ProcessBuilder(BY_DEFAULT.get(0), BY_DEFAULT.get(1), "true")
                    .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                    .redirectError(ProcessBuilder.Redirect.DISCARD)
                    .start();
            return probe.onExit().join().exitValue() == 0;
        } catch (IOException e) {
            return false;
        }
    }
}
