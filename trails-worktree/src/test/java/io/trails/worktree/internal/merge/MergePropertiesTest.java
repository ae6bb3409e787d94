package io.trails.worktree.internal.merge;

import static org.assertj.core.api.Assertions.assertThat;

import io.trails.Conflict;
import io.trails.MergePreview;
import io.trails.MergePreview.Outcome;
import io.trails.MergeRequest;
import io.trails.MergeResult;
import io.trails.worktree.fixture.TestRepository;
import io.trails.worktree.internal.git.RepoPath;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import net.jqwik.api.EdgeCasesMode;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.ShrinkingMode;
import net.jqwik.api.Tag;

/** Random histories: what we say is what git does. */
class MergePropertiesTest {
    private static final MergeRequest MERGE = MergeRequest.builder().build();
    private static final List<String> NAMES = List.of(
            "a",
            "b",
            "d/x",
            "d/y",
            "d/z",
            "e/x",
            "f",
            "with blank",
            "new\nline",
            "quote\"d",
            "tab\t",
            "ü",
            "d",
            "-x",
            "~",
            "[a]",
            "*");

    @Tag("long")
    @Property(tries = 150, shrinking = ShrinkingMode.OFF, edgeCases = EdgeCasesMode.NONE)
    void many_previews_and_merges_are_those_of_git(@ForAll long seed) throws IOException {
        previews_and_merges_are_those_of_git(seed);
    }

    @Property(tries = 6, shrinking = ShrinkingMode.OFF, edgeCases = EdgeCasesMode.NONE)
    void previews_and_merges_are_those_of_git(@ForAll long seed) throws IOException {
        Path directory = Files.createTempDirectory("trails-merge-test-");
        try {
            var random = new Random(seed);
            var fixture = MergeFixture.in(directory);
            for (int i = 0; i < 6; i++) edit(fixture.main(), random);
            fixture.open();
            for (int i = 0; i < 5; i++) edit(fixture.main(), random);
            fixture.main().commit("ours");
            for (int i = 0; i < 3; i++) edit(fixture.session(), random);
            fixture.session().commit("theirs");
            for (int i = 0; i < 2; i++) edit(fixture.session(), random);
            check(fixture);
        } finally {
            delete(directory);
        }
    }

    private static void check(MergeFixture fixture) throws IOException {
        var before = fixture.stateWithObjects();
        MergePreview preview = fixture.merger().preview(MERGE);
        assertThat(fixture.stateWithObjects()).isEqualTo(before);

        TestRepository clone = cloneWithAllWork(fixture);
        boolean clean =
                clone.tryGit("merge", "-q", "--no-ff", "-m", "x", "theirs").ok();
        if (preview.outcome() == Outcome.UP_TO_DATE) {
            assertThat(clean).isTrue();
            assertThat(clone.git("rev-parse", "HEAD^{tree}"))
                    .isEqualTo(fixture.main().git("rev-parse", "main^{tree}"));
            return;
        }
        assertThat(preview.outcome()).isEqualTo(clean ? Outcome.CLEAN : Outcome.CONFLICTED);
        if (!clean) {
            assertThat(paths(preview)).containsAll(unmerged(clone));
            var state = fixture.state();
            assertThat(fixture.merger().merge(MERGE)).isInstanceOf(MergeResult.Conflicted.class);
            assertThat(fixture.state()).isEqualTo(state);
            return;
        }
        assertThat(fixture.merger().merge(MERGE)).isInstanceOf(MergeResult.Merged.class);
        assertThat(fixture.main().git("rev-parse", "main^{tree}")).isEqualTo(clone.git("rev-parse", "HEAD^{tree}"));
        assertThat(fixture.main().git("status", "--porcelain")).isEmpty();
        assertThat(fixture.session().git("status", "--porcelain")).isEmpty();
    }

    private static Set<String> paths(MergePreview preview) {
        var paths = new TreeSet<String>();
        for (Conflict conflict : preview.conflicts()) {
            paths.add(conflict.path());
            paths.addAll(conflict.otherPaths());
        }
        return paths;
    }

    /** Without what git appends to a name that both a file and something else want. */
    private static Set<String> unmerged(TestRepository clone) {
        return RepoPath.split(clone.git()
                        .run("diff", "--name-only", "--diff-filter=U", "-z")
                        .bytes())
                .stream()
                .map(path -> path.text().replaceFirst("~(HEAD|theirs)(_\\d+)?$", ""))
                .collect(Collectors.toCollection(TreeSet::new));
    }

    private static TestRepository cloneWithAllWork(MergeFixture fixture) throws IOException {
        Path copy = fixture.main().directory().resolveSibling("clone");
        fixture.main().git("clone", "-q", fixture.main().directory().toString(), copy.toString());
        TestRepository clone = TestRepository.at(copy, fixture.main().environment());
        clone.git("checkout", "-q", "-b", "theirs", "origin/trails/fix");
        for (String old : clone.git("ls-files", "-z").split("\0", -1))
            if (!old.isEmpty()) Files.deleteIfExists(clone.path(old));
        try (Stream<Path> files = Files.walk(fixture.session().directory())) {
            for (Path file : files.filter(Files::isRegularFile).toList()) {
                String name = fixture.session().directory().relativize(file).toString();
                if (name.equals(".git")) continue;
                Path to = clone.path(name);
                if (Files.isDirectory(to)) delete(to);
                Files.createDirectories(to.getParent());
                Files.copy(file, to, StandardCopyOption.REPLACE_EXISTING, StandardCopyOption.COPY_ATTRIBUTES);
            }
        }
        clone.commit("the rest");
        clone.git("checkout", "-q", "main");
        return clone;
    }

    private static void edit(TestRepository in, Random random) throws IOException {
        String name = NAMES.get(random.nextInt(NAMES.size()));
        Path file = in.path(name);
        switch (random.nextInt(6)) {
            case 0 -> delete(file);
            case 1 -> rename(in, file, NAMES.get(random.nextInt(NAMES.size())));
            case 2 -> file.toFile().setExecutable(true);
            default -> write(file, random);
        }
    }

    private static void rename(TestRepository in, Path from, String name) throws IOException {
        Path to = in.path(name);
        if (!Files.exists(from) || to.startsWith(from) || from.startsWith(to)) return;
        makeRoom(to);
        Files.move(from, to);
    }

    private static void write(Path file, Random random) throws IOException {
        List<String> lines = new ArrayList<>(IntStream.range(0, 20)
                .mapToObj(n -> file.getFileName() + " " + n)
                .toList());
        if (Files.isRegularFile(file)) lines = new ArrayList<>(Files.readAllLines(file));
        else makeRoom(file);
        lines.set(random.nextInt(lines.size()), "edit " + random.nextInt(3));
        Files.write(file, lines);
    }

    private static void makeRoom(Path file) throws IOException {
        delete(file);
        Path parent = file.getParent();
        if (Files.isRegularFile(parent)) Files.delete(parent);
        Files.createDirectories(parent);
    }

    private static void delete(Path file) throws IOException {
        if (!Files.exists(file)) return;
        try (Stream<Path> all = Files.walk(file)) {
            for (Path one : all.sorted(Comparator.reverseOrder()).toList()) Files.delete(one);
        }
    }
}
