package io.trails.daggerdouble;

import io.trails.daggerdouble.scene.Release;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;

/** An engine in a process of its own: says where it listens and runs until its standard input ends. */
public final class EngineDoubleMain {

    private EngineDoubleMain() {}

    /**
     * Starts the engine.
     *
     * @param args the release, the directory, and the port or zero for any
     */
    public static void main(String[] args) throws IOException {
        PrintStream out = new PrintStream(new FileOutputStream(FileDescriptor.out), true, StandardCharsets.UTF_8);
        int port = Integer.parseInt(args[2]);
        try (EngineDouble engine = EngineDouble.start(Release.valueOf(args[0]), Path.of(args[1]), port)) {
            out.println(engine.runnerHost());
            System.in.transferTo(OutputStream.nullOutputStream());
        }
    }
}
