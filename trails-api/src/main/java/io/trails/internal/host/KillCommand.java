package io.trails.internal.host;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** Sends signals that the JDK cannot send, with the {@code kill} that every POSIX shell has built in. */
final class KillCommand {
    private static final long DEADLINE_SECONDS = 5;

    private KillCommand() {}

    /** Processes that have ended meanwhile are passed over. */
    static void send(String signal, List<Long> pids) throws IOException {
        var argv = new ArrayList<>(List.of("/bin/sh", "-c", "kill -s \"$@\"", "kill", signal));
        for (Long pid : pids) argv.add(pid.toString());
        Process kill = new ProcessBuilder(argv)
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                .start();
        boolean interrupted = false;
        try {
            kill.getOutputStream().close();
            if (!kill.waitFor(DEADLINE_SECONDS, TimeUnit.SECONDS)) kill.destroyForcibly();
        } catch (InterruptedException e) {
            kill.destroyForcibly();
            interrupted = true;
        } finally {
            if (interrupted) Thread.currentThread().interrupt();
        }
    }
}
