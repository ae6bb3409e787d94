package io.trails.bench;

import io.trails.Trails;
import io.trails.bench.start.BareChild;
import io.trails.bench.start.FirstSession;
import java.io.IOException;
import java.net.URISyntaxException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/** The whole process: from the start of a JVM to its end, with a first session in between. */
final class StartUp {
    private static final String BASELINE = "hello-world JVM that runs and drains `true`";
    private static final List<String> FAST_START = List.of("-XX:TieredStopAtLevel=1", "-Xshare:auto");

    /** A type from each jar that a host of trails has on its path. */
    private static final List<String> NEEDED = List.of(
            Trails.class.getName(),
            "tools.jackson.core.JsonParser",
            "org.slf4j.Logger",
            "org.jspecify.annotations.NullMarked",
            "org.slf4j.nop.NOPServiceProvider");

    private final ProcessRace race;
    private final List<Path> libraries;
    private final Scratch scratch;
    private final ModularJar bare;
    private final ModularJar first;

    private StartUp(ProcessRace race, List<Path> libraries, Scratch scratch, ModularJar bare, ModularJar first) {
        this.race = race;
        this.libraries = libraries;
        this.scratch = scratch;
        this.bare = bare;
        this.first = first;
    }

    static StartUp prepare(Scratch scratch, int runs) throws IOException {
        List<Path> libraries = libraries();
        return new StartUp(
                new ProcessRace(scratch, runs),
                libraries,
                scratch,
                ModularJar.of(scratch.root(), BareChild.class, libraries, ""),
                ModularJar.of(scratch.root(), FirstSession.class, libraries, "requires io.trails;"));
    }

    private static List<Path> libraries() {
        Set<Path> jars = new LinkedHashSet<>();
        for (String type : NEEDED) jars.add(jarOf(type));
        return List.copyOf(jars);
    }

    private static Path jarOf(String type) {
        try {
            Path place = Path.of(Class.forName(type)
                    .getProtectionDomain()
                    .getCodeSource()
                    .getLocation()
                    .toURI());
            if (!place.toString().endsWith(".jar")) {
                throw new IllegalStateException(type + " is not in a jar; start the packaged benchmarks");
            }
            return place;
        } catch (ClassNotFoundException | URISyntaxException missing) {
            throw new IllegalStateException("No jar with " + type, missing);
        }
    }

    /** The ways to start a JVM, from the usual one on. */
    List<Race> races() throws IOException, InterruptedException {
        List<String> bareProgram = classPath(bare, List.of());
        List<String> program = classPath(first, libraries);
        return List.of(
                new Race(
                        "JVM start to first session, class path",
                        Target.ratio(2),
                        java(List.of(), bareProgram),
                        java(List.of(), program)),
                new Race(
                        "JVM start to first session, class path, from a class archive (`-XX:SharedArchiveFile`)",
                        Target.ratio(2),
                        java(List.of(), bareProgram),
                        java(ClassArchive.flags(scratch, "first", program), program)),
                new Race(
                        "JVM start to first session, class path, both from class archives",
                        Target.none(),
                        java(ClassArchive.flags(scratch, "bare", bareProgram), bareProgram),
                        java(ClassArchive.flags(scratch, "trails", program), program)),
                new Race(
                        "JVM start to first session, module path",
                        Target.ratio(2),
                        java(List.of(), modulePath(bare, List.of())),
                        java(List.of(), modulePath(first, libraries))),
                new Race(
                        "JVM start to first session, class path, both with `" + String.join(" ", FAST_START) + "`",
                        Target.none(),
                        java(FAST_START, bareProgram),
                        java(FAST_START, program)));
    }

    /** One row that has yet to be measured. */
    final class Race {
        private final String what;
        private final Target target;
        private final List<String> baseline;
        private final List<String> trails;

        private Race(String what, Target target, List<String> baseline, List<String> trails) {
            this.what = what;
            this.target = target;
            this.baseline = baseline;
            this.trails = trails;
        }

        String what() {
            return what;
        }

        Row run() throws IOException, InterruptedException {
            ProcessRace.Result result = race.between(baseline, trails);
            return new Row(what, BASELINE, result.baseline(), result.trails(), target, "");
        }
    }

    private static List<String> classPath(ModularJar jar, List<Path> libraries) {
        return List.of("-cp", ModularJar.join(with(jar, libraries)), jar.mainClass());
    }

    private static List<String> modulePath(ModularJar jar, List<Path> libraries) {
        return List.of("-p", ModularJar.join(with(jar, libraries)), "-m", jar.module() + "/" + jar.mainClass());
    }

    private static List<Path> with(ModularJar jar, List<Path> libraries) {
        List<Path> all = new ArrayList<>();
        all.add(jar.file());
        all.addAll(libraries);
        return all;
    }

    static List<String> java(List<String> flags, List<String> program) {
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(flags);
        command.addAll(program);
        return command;
    }
}
