package io.trails.bench;

import io.trails.Output;
import io.trails.RemovalPolicy;
import io.trails.Session;
import io.trails.Trails;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A JVM with little memory in which a command of a container says much: tells the most heap that it used. */
public final class BigOutput {
    private static final long SIZE = 100L << 20;
    static final String[] COMMAND = {"dd", "if=/dev/zero", "bs=1048576", "count=100", "status=none"};
    private static final int BUFFER = 1 << 16;
    private static final Pattern EXPORT = Pattern.compile("export\\(path: ?\"([^\"]+)\"");

    private BigOutput() {}

    /** @param query what is sent instead of a session's command, if something is */
    static long peakHeap(OwnContainers containers, List<String> query) throws IOException, InterruptedException {
        List<String> command = new ArrayList<>(StartUp.java(
                List.of("-Xmx64m"),
                List.of("-cp", System.getProperty("java.class.path"), BigOutput.class.getName(), containers.project())));
        var builder = new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.INHERIT);
        builder.environment().clear();
        builder.environment().putAll(containers.environment());
        Process child = builder.start();
        try (var in = child.getOutputStream()) {
            for (String text : query) in.write(text.getBytes(StandardCharsets.UTF_8));
        }
        String printed = new String(child.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        if (child.waitFor() != 0) throw new IllegalStateException("It exited with " + child.exitValue());
        return Long.parseLong(printed.strip());
    }

    public static void main(String[] arguments) throws IOException, InterruptedException {
        String query = new String(System.in.readAllBytes(), StandardCharsets.UTF_8);
        long size = query.isEmpty() ? session(Path.of(arguments[0])) : bare(query);
        if (size != SIZE) throw new IllegalStateException(size + " bytes arrived");
        System.out.println(PeakHeap.bytes());
    }

    private static long session(Path project) {
        try (Trails trails = Trails.create(project)) {
            Session session = trails.open(OwnContainers.spec("big-" + ProcessHandle.current().pid()));
            Output output = session.exec(COMMAND).orThrow().stdout();
            session.remove(RemovalPolicy.safe().endingProcesses());
            return output.size();
        }
    }

    private static long bare(String query) throws IOException, InterruptedException {
        Map<String, String> environment = System.getenv();
        OwnEngine.ask(
                OwnEngine.client(),
                Integer.parseInt(environment.get("DAGGER_SESSION_PORT")),
                environment.get("DAGGER_SESSION_TOKEN"),
                query);
        Matcher export = EXPORT.matcher(query);
        if (!export.find()) throw new IllegalStateException("Nothing is exported");
        long total = 0;
        try (InputStream out = Files.newInputStream(Path.of(export.group(1)).resolve("out"))) {
            var buffer = new byte[BUFFER];
            for (int read; (read = out.read(buffer)) >= 0; ) total += read;
        }
        return total;
    }
}
