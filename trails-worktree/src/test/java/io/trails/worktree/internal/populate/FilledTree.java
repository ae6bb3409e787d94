package io.trails.worktree.internal.populate;

import static org.assertj.core.api.Assertions.assertThat;

import io.trails.Reason;
import io.trails.spi.WorkspaceSettings;
import io.trails.worktree.fixture.TestRepository;
import io.trails.worktree.internal.git.RepoPath;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Stream;

/** A tree that was registered and filled by us, beside one that git made of the same commit. */
record FilledTree(TestRepository ours, TestRepository gits, String commit) {
    /** Registers both, and fills git's. */
    static FilledTree register(TestRepository source, Path parent, String commit) throws IOException {
        Path ours = parent.resolve("ours");
        Path gits = parent.resolve("gits");
        source.git("worktree", "add", "-q", "--detach", "--no-checkout", ours.toString(), commit);
        source.git("worktree", "add", "-q", "--detach", gits.toString(), commit);
        return new FilledTree(
                TestRepository.at(ours, source.environment()), TestRepository.at(gits, source.environment()), commit);
    }

    List<Reason> populate(Optional<Path> source) {
        return Population.populate(ours.git(), source, commit, content(), WorkspaceSettings.none());
    }

    private Optional<String> content() {
        return Optional.of(ours.git().text("rev-parse", commit + "^{tree}"));
    }

    /** Whether all files were copied. */
    boolean seed(Path source) throws Exception {
        return new SeededTree(ours.git(), GitDirectory.of(ours.directory()), source, commit, content()).fill();
    }

    /** Byte for byte, mode for mode, and for good: git finds nothing to change also when it reads every file again. */
    void isAsGitMadeIt() throws IOException {
        assertThat(files(ours)).isEqualTo(files(gits));
        assertThat(ours.git("status", "--porcelain", "-z")).isEmpty();
        assertThat(ours.git().run("ls-files", "-s", "-t", "-z").fields())
                .isEqualTo(gits.git().run("ls-files", "-s", "-t", "-z").fields());
        assertThat(ours.git("write-tree")).isEqualTo(ours.git("rev-parse", commit + "^{tree}"));
        // Asked of git's own tree too: with odd attributes not even that is clean when it is read again.
        assertThat(reread(ours)).isEqualTo(reread(gits));
    }

    private static String reread(TestRepository tree) {
        tree.tryGit("update-index", "-q", "--really-refresh");
        return String.join(
                "\n",
                tree.git().run("diff-files", "--name-only", "-z").fields().stream()
                        .map(RepoPath::toString)
                        .toList());
    }

    static Map<Path, String> files(TestRepository tree) throws IOException {
        var files = new TreeMap<Path, String>();
        try (Stream<Path> all = Files.walk(tree.directory())) {
            for (Path file : (Iterable<Path>) all::iterator) {
                Path relative = tree.directory().relativize(file);
                if (!relative.toString().equals(".git")) files.put(relative, describe(file));
            }
        }
        return files;
    }

    private static String describe(Path file) throws IOException {
        if (Files.isSymbolicLink(file)) return "link to " + Files.readSymbolicLink(file);
        Object mode = Files.getAttribute(file, "unix:mode", LinkOption.NOFOLLOW_LINKS);
        if (Files.isDirectory(file)) return "directory " + mode;
        return mode + " " + Base64.getEncoder().encodeToString(Files.readAllBytes(file));
    }
}
