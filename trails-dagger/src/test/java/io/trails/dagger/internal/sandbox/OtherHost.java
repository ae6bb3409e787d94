package io.trails.dagger.internal.sandbox;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;

/** A JVM that runs something of a session which this one has, too. */
public final class OtherHost implements AutoCloseable {
    private static final long HOUR = 3600;

    private final Process process;
    private final BufferedReader said;

    private OtherHost(Process process) {
        this.process = process;
        said = process.inputReader();
    }

    /** Has it that a process runs something. */
    public static Path runs(Path own, ProcessHandle process) throws IOException {
        Path run = Files.createDirectories(own.resolve("run"));
        return Files.writeString(run.resolve("of-" + process.pid()), RunMarks.named(process.pid()));
    }

    /** Starts one to which the machine seems to have been started earlier, as it does when its clock has been set back. */
    static OtherHost startedAnHourAgo(Path own) throws IOException {
        String stat = Files.readString(Path.of("/proc/stat"));
        String line = stat.lines()
                .filter(each -> each.startsWith("btime "))
                .findFirst()
                .orElseThrow();
        long boot = Long.parseLong(line.substring("btime ".length())) - HOUR;
        Path set = Files.writeString(own.resolve("stat"), stat.replace(line, "btime " + boot));
        Process process = new ProcessBuilder(List.of(
                        "bwrap",
                        "--unshare-user",
                        "--dev-bind",
                        "/",
                        "/",
                        "--ro-bind",
                        set.toString(),
                        "/proc/stat",
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-cp",
                        System.getProperty("java.class.path"),
                        OtherHost.class.getName(),
                        own.toString()))
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
        return new OtherHost(process);
    }

    /** Whether it saw something else than what it runs itself. */
    String saw() throws IOException {
        return String.valueOf(said.readLine());
    }

    void kill() {
        process.descendants().forEach(ProcessHandle::destroyForcibly);
        process.destroyForcibly();
        assertThat(process.onExit()).succeedsWithin(Duration.ofSeconds(30));
    }

    @Override
    public void close() {
        kill();
    }

    /** Argument: the session's own directory. */
    public static void main(String[] args) throws IOException {
        var marks = new RunMarks(Path.of(args[0]));
        try (RunMarks.Mark mark = marks.begin()) {
            System.out.println("running elsewhere: " + marks.isRunningElsewhere());
            int end = System.in.read();
            System.out.println(end + " ended what is " + (mark.isToStop() ? "to stop" : "running"));
        }
    }
}
