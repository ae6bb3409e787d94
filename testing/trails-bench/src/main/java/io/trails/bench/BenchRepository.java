package io.trails.bench;

import io.trails.RemovalPolicy;
import io.trails.spi.HostDirectory;
import io.trails.spi.Plan;
import io.trails.spi.Workspace;
import io.trails.spi.WorkspaceRequest;
import io.trails.worktree.WorktreeWorkspaceProvider;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/** A repository of a given size, checked out, with text that compresses as sources do. Thread-safe. */
final class BenchRepository implements AutoCloseable {
    private static final int FOLDER = 100;
    private static final int WORDS = 4_000;

    private final Path directory;
    private final int files;
    private final int bytesPerFile;
    private final Map<String, String> environment;
    private final AtomicInteger names = new AtomicInteger();
    /** One for all sessions, as programs have it. */
    private final WorktreeWorkspaceProvider provider = new WorktreeWorkspaceProvider();

    private BenchRepository(Path directory, int files, int bytesPerFile) throws IOException {
        this.directory = directory;
        this.files = files;
        this.bytesPerFile = bytesPerFile;
        environment = new HashMap<>(System.getenv());
        environment.put(
                "HOME",
                Files.createDirectories(directory.resolveSibling("home")).toString());
        environment.put("GIT_CONFIG_NOSYSTEM", "1");
        environment.put("GIT_AUTHOR_NAME", "Bench");
        environment.put("GIT_AUTHOR_EMAIL", "bench@example.org");
        environment.put("GIT_COMMITTER_NAME", "Bench");
        environment.put("GIT_COMMITTER_EMAIL", "bench@example.org");
    }

    static BenchRepository create(Scratch scratch, int files, int bytesPerFile)
            throws IOException, InterruptedException {
        Path directory = Files.createDirectories(scratch.project().resolve("repository"));
        var repository = new BenchRepository(directory, files, bytesPerFile);
        repository.git("init", "-q", "-b", "main");
        repository.fill();
        repository.git("reset", "-q", "--hard", "main");
        repository.git("status", "--porcelain");
        return repository;
    }

    Path directory() {
        return directory;
    }

    Map<String, String> environment() {
        return environment;
    }

    /** Of one that nobody has yet; with its number. */
    String name() {
        return "s" + names.incrementAndGet();
    }

    /** One as the first, without a tree: nothing can be copied from it. */
    Path bare() throws IOException, InterruptedException {
        Path bare = directory.resolveSibling("bare.git");
        if (!Files.exists(bare)) git("clone", "-q", "--bare", ".", bare.toString());
        return bare;
    }

    private void fill() throws IOException, InterruptedException {
        Process process = process(directory, List.of("fast-import", "--quiet"));
        try (OutputStream in = new BufferedOutputStream(process.getOutputStream(), 1 << 20)) {
            var random = new Random(42);
            List<String> words = words(random);
            line(in, "commit refs/heads/main\ncommitter Bench <bench@example.org> 1700000000 +0000\ndata 5\nfiles");
            for (int file = 0; file < files; file++) {
                byte[] text = text(random, words);
                line(in, "M 100644 inline " + path(file));
                line(in, "data " + text.length);
                in.write(text);
                line(in, "");
            }
        }
        finish(process, "fast-import");
    }

    /** Where the file of that number is. */
    static String path(int file) {
        return "d" + file / (FOLDER * FOLDER) + "/d" + file / FOLDER % FOLDER + "/File" + file + ".java";
    }

    private static List<String> words(Random random) {
        List<String> words = new ArrayList<>();
        for (int i = 0; i < WORDS; i++) {
            words.add(Long.toString(random.nextLong() >>> (1 + random.nextInt(5) * 8), Character.MAX_RADIX));
        }
        return words;
    }

    private byte[] text(Random random, List<String> words) {
        int size = bytesPerFile / 2 + random.nextInt(bytesPerFile + 1);
        var text = new StringBuilder();
        while (text.length() < size) {
            for (int word = 0; word < 8; word++)
                text.append(words.get(random.nextInt(WORDS))).append(' ');
            text.append('\n');
        }
        return text.toString().getBytes(StandardCharsets.US_ASCII);
    }

    private static void line(OutputStream in, String line) throws IOException {
        in.write((line + "\n").getBytes(StandardCharsets.US_ASCII));
    }

    String git(String... arguments) throws IOException, InterruptedException {
        return git(directory, arguments);
    }

    /** Runs git as a user would, and insists on success. */
    String git(Path where, String... arguments) throws IOException, InterruptedException {
        Process process = process(where, List.of(arguments));
        process.getOutputStream().close();
        String printed = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        finish(process, String.join(" ", arguments));
        return printed.strip();
    }

    private Process process(Path where, List<String> arguments) throws IOException {
        List<String> command = new ArrayList<>(List.of("git"));
        command.addAll(arguments);
        var builder = new ProcessBuilder(command).directory(where.toFile());
        builder.environment().clear();
        builder.environment().putAll(environment);
        return builder.redirectError(ProcessBuilder.Redirect.DISCARD).start();
    }

    private static void finish(Process process, String what) throws InterruptedException {
        if (!process.waitFor(10, TimeUnit.MINUTES)) throw new IllegalStateException("git " + what + " does not end");
        if (process.exitValue() != 0) throw new IllegalStateException("git " + what + ": " + process.exitValue());
    }

    /** Adds a line to every so-manyeth file. */
    static void edit(Path tree, int howMany, int every, String line) throws IOException {
        edit(tree, 0, howMany, every, line);
    }

    static void edit(Path tree, int first, int howMany, int every, String line) throws IOException {
        for (int i = 0; i < howMany; i++) {
            Path file = tree.resolve(path(first + i * every));
            Files.writeString(file, Files.readString(file) + line + "\n");
        }
    }

    /** A session's tree by trails. */
    Tree tree() throws IOException {
        return tree(directory);
    }

    Tree tree(Path project) throws IOException {
        String name = name();
        Path own = Files.createDirectories(directory.resolveSibling("own").resolve(name));
        WorkspaceRequest request = WorkspaceRequest.builder(name, project, own)
                .environment(environment)
                .build();
        return new Tree(provider, request);
    }

    /** One session's tree, from plan to removal. Single-threaded. */
    static final class Tree {
        private final WorktreeWorkspaceProvider provider;
        private final WorkspaceRequest request;
        private Plan plan = Plan.empty();

        private Tree(WorktreeWorkspaceProvider provider, WorkspaceRequest request) {
            this.provider = provider;
            this.request = request;
        }

        Workspace create() {
            plan = provider.plan(request);
            return provider.create(plan, request);
        }

        Path directory() {
            return ((HostDirectory) provider.locate(plan)).path();
        }

        String branch() {
            return provider.branch(plan).orElseThrow();
        }

        void remove() {
            var report = provider.remove(plan, request, RemovalPolicy.safe().rescuing());
            if (!report.complete()) throw new IllegalStateException("It was kept: " + report);
        }
    }

    @Override
    public void close() throws IOException {
        Scratch.delete(directory.getParent());
    }
}
