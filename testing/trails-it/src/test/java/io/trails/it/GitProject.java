package io.trails.it;

import static org.assertj.core.api.Assertions.assertThat;

import io.trails.Trails;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;

/** A user's repository with work of all kinds in it: a branch, a stash, something staged, something untracked. */
record GitProject(Path directory, Map<String, String> environment) {
    /** What a host is given, out of reach of the machine's git configuration. */
    static Map<String, String> environment(Path home) {
        var environment = new TreeMap<>(System.getenv());
        environment.keySet().removeIf(name -> name.startsWith("GIT_") || name.startsWith("XDG_"));
        environment.put("HOME", home.toString());
        environment.put("GIT_CONFIG_NOSYSTEM", "1");
        return environment;
    }

    /** An identity is in the repository itself, for hosts in other processes. */
    static GitProject create(Path directory) throws IOException {
        Path home = Files.createDirectories(directory.resolveSibling("home"));
        Files.createDirectories(directory);
        var project = new GitProject(directory.toRealPath(), environment(home));
        project.git("init", "-q", "-b", "main");
        project.git("config", "user.name", "Ann Author");
        project.git("config", "user.email", "ann@example.org");
        project.write("README.md", "precious\n");
        project.write("src/code.txt", "one\ntwo\nthree\n");
        project.write(".gitignore", "*.log\n");
        project.git("add", "-A");
        project.git("commit", "-q", "-m", "Start");
        return project;
    }

    /** The same with work under way that is not committed. */
    static GitProject inUse(Path directory) throws IOException {
        GitProject project = create(directory);
        project.git("branch", "mine");
        project.write("README.md", "stashed\n");
        project.git("stash", "-q");
        project.write("staged.txt", "staged\n");
        project.git("add", "staged.txt");
        project.write("untracked.txt", "untracked\n");
        return project;
    }

    Trails trails() {
        return Trails.builder(directory).environment(environment).build();
    }

    Path trees() {
        return directory.resolveSibling(directory.getFileName() + ".trails");
    }

    GitProject write(String path, String content) throws IOException {
        Path file = directory.resolve(path);
        Files.createDirectories(file.getParent());
        Files.writeString(file, content);
        return this;
    }

    /** Runs git as the user would and insists on success. */
    String git(String... arguments) {
        return gitIn(directory, arguments);
    }

    String gitIn(Path where, String... arguments) {
        List<String> command = new ArrayList<>(List.of("git"));
        command.addAll(List.of(arguments));
        try {
            Path output = Files.createTempFile("git", ".txt");
            var builder = new ProcessBuilder(command).directory(where.toFile()).redirectErrorStream(true);
            builder.redirectOutput(output.toFile()).environment().keySet().retainAll(environment.keySet());
            builder.environment().putAll(environment);
            Process process = builder.start();
            if (!process.waitFor(60, TimeUnit.SECONDS)) {
                process.destroyForcibly();
                throw new AssertionError(command + " did not end");
            }
            // File names may be anything, and each byte has a character here.
            String said = Files.readString(output, StandardCharsets.ISO_8859_1).strip();
            Files.delete(output);
            assertThat(process.exitValue()).as("%s: %s", command, said).isZero();
            return said;
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw new AssertionError(interrupted);
        }
    }

    /** What no session may change: everything that is the user's, but for the branches that a test has merged into. */
    Map<String, String> users(String... mergedInto) throws IOException {
        var users = new TreeMap<String, String>();
        for (String ref : git("for-each-ref", "--format=%(refname) %(objectname)").split("\n", -1)) {
            String name = ref.substring(0, ref.indexOf(' '));
            boolean merged = List.of(mergedInto).contains(name.replaceFirst("^refs/heads/", ""));
            boolean ours = name.startsWith("refs/trails/") || name.startsWith("refs/heads/trails/");
            if (!merged && !ours) users.put(name, ref);
        }
        users.put("HEAD", Files.readString(directory.resolve(".git/HEAD")));
        users.put("config", Files.readString(directory.resolve(".git/config")));
        users.put("stash", git("stash", "list", "--format=%H"));
        users.put("status", git("status", "--porcelain", "--untracked-files=all"));
        if (mergedInto.length == 0) users.put("index", git("ls-files", "--stage"));
        return users;
    }

    /** Fails unless git finds every object that something leads to. */
    void checkIntegrity() {
        assertThat(git("fsck", "--full", "--no-dangling", "--no-progress")).doesNotContain("missing", "broken", "error");
    }

    /** Whether a file's content is in something that a ref leads to, so that no collection of garbage takes it. */
    boolean keeps(String content) throws IOException {
        Path file = Files.createTempFile("content", ".txt");
        Files.writeString(file, content);
        String blob = git("hash-object", file.toString());
        Files.delete(file);
        return git("rev-list", "--objects", "--all").contains(blob);
    }

    List<String> worktrees() {
        return git("worktree", "list", "--porcelain").lines().filter(line -> line.startsWith("worktree ")).toList();
    }

    List<String> refs(String below) {
        return git("for-each-ref", "--format=%(refname)", below).lines().toList();
    }
}
