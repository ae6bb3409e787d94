package io.trails.worktree.internal.populate;

import io.trails.worktree.fixture.TestRepository;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.Optional;
import java.util.Random;
import java.util.stream.Stream;
import net.jqwik.api.EdgeCasesMode;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.ShrinkingMode;
import net.jqwik.api.Tag;

class PopulationPropertyTest {
    @Tag("long")
    @Property(tries = 24, shrinking = ShrinkingMode.OFF, edgeCases = EdgeCasesMode.NONE)
    void whatever_many_sources_are_like_the_tree_is_as_git_makes_it(@ForAll long seed) throws IOException {
        whatever_the_source_is_like_the_tree_is_as_git_makes_it(seed);
    }

    /** A failure prints the seed. */
    @Property(tries = 6, shrinking = ShrinkingMode.OFF, edgeCases = EdgeCasesMode.NONE)
    void whatever_the_source_is_like_the_tree_is_as_git_makes_it(@ForAll long seed) throws IOException {
        Path parent = Files.createTempDirectory("trails-populate");
        try {
            tryOnce(parent, new Random(seed));
        } finally {
            try (Stream<Path> all = Files.walk(parent)) {
                for (Path each : all.sorted(Comparator.reverseOrder()).toList()) Files.delete(each);
            }
        }
    }

    private static void tryOnce(Path parent, Random random) throws IOException {
        TestRepository source = TestRepository.init(parent.resolve("source"));
        source.git("config", "filter.upper.clean", "tr A-Z a-z");
        source.git("config", "filter.upper.smudge", "tr a-z A-Z");
        var tree = new RandomTree(source, random);
        tree.change(25);
        String first = source.commit("first");
        tree.change(8);
        String second = source.commit("second");
        if (random.nextBoolean()) tree.change(4);
        if (random.nextBoolean()) {
            source.git("add", "-A");
            tree.change(2);
        }
        if (random.nextInt(4) == 0) source.git("config", "core.autocrlf", "input");
        if (random.nextInt(4) == 0) source.git("update-index", "--index-version", "4");
        FilledTree filled = FilledTree.register(source, parent, random.nextInt(3) == 0 ? first : second);
        filled.populate(Optional.of(source.directory()));
        filled.isAsGitMadeIt();
    }
}
