package io.trails.dagger.internal.live;

import io.trails.Command;
import io.trails.dagger.ProviderOf;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Properties;

/** A JVM with a session and a live program in it, which waits to be killed. */
final class LiveVictim {
    private LiveVictim() {}

    /** Arguments: the command line tool, the engine, the folder, the session's name, the program, and a command to run beside it. */
    public static void main(String[] args) throws IOException {
        Path folder = Path.of(args[2]);
        var session = new LiveSession(ProviderOf.engine(Path.of(args[0]), args[1]), folder, args[3]);
        var plan = new Properties();
        plan.putAll(session.plan().values());
        try (var out = Files.newOutputStream(folder.resolve("plan"))) {
            plan.store(out, null);
        }
        var running = session.sandbox().start(Command.of("/bin/sh", "-c", args[4]));
        running.stdout().read();
        if (args.length > 5) {
            session.sandbox().exec(Command.of("/bin/sh", "-c", args[5])).orThrow();
            running.stdin().write('\n');
            running.stdin().flush();
            running.stdout().read();
        }
        Files.writeString(folder.resolve("ready"), "");
        running.onExit().join();
    }
}
