package io.trails.worktree.life;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.trails.DirtyPolicy;
import io.trails.MergeStrategy;
import io.trails.worktree.fixture.TestRepository;
import java.io.IOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.List;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.ShrinkingMode;
import net.jqwik.api.Tag;
import net.jqwik.api.Tuple;

/** Random lives of a user and a few sessions in one repository, step by step beside a simple model of their files. */
class WorktreeLifeTest {
    private static final int FILES = 4;

    /** One thing somebody does; it does nothing where it makes no sense. */
    interface Step {
        void take(World world) throws IOException;
    }

    private record Named(String name, Step step) implements Step {
        @Override
        public void take(World world) throws IOException {
            step.take(world);
        }

        @Override
        public String toString() {
            return name;
        }
    }

    private static Step named(String name, Step step) {
        return new Named(name, step);
    }

    @Property(tries = 5, shrinking = ShrinkingMode.BOUNDED)
    void nothing_is_lost_whatever_is_done_in_whatever_order(@ForAll("lives") List<Step> life) throws IOException {
        Path scratch = Files.createTempDirectory("trails-life-").toRealPath();
        try {
            TestRepository.program(System.getenv());
            var world = new World(scratch);
            for (Step step : life) {
                step.take(world);
                world.compare();
            }
            world.proveNothingLost();
        } finally {
            delete(scratch);
        }
    }

    @Tag("long")
    @Property(tries = 200, shrinking = ShrinkingMode.BOUNDED)
    void nothing_is_lost_in_many_lives(@ForAll("lives") List<Step> life) throws IOException {
        nothing_is_lost_whatever_is_done_in_whatever_order(life);
    }

    /** The proof above is worth something: without the rescues it finds what is gone. */
    @Example
    void work_that_is_lost_is_noticed() throws IOException {
        Path scratch = Files.createTempDirectory("trails-life-").toRealPath();
        try {
            var world = new World(scratch);
            world.open(0, DirtyPolicy.CARRY);
            world.write(0, 0);
            world.commit(0);
            world.remove(0, true);
            world.compare();
            world.proveNothingLost();
            world.dropRescues();
            assertThatThrownBy(world::proveNothingLost)
                    .isInstanceOf(AssertionError.class)
                    .hasMessageContaining("can be had back");
        } finally {
            delete(scratch);
        }
    }

    @Provide
    Arbitrary<List<Step>> lives() {
        return step().list().ofMinSize(10).ofMaxSize(40);
    }

    private static Arbitrary<Step> step() {
        Arbitrary<Integer> slots = Arbitraries.integers().between(0, World.SLOTS - 1);
        Arbitrary<Integer> files = Arbitraries.integers().between(0, FILES - 1);
        Arbitrary<DirtyPolicy> policies = Arbitraries.of(DirtyPolicy.CARRY, DirtyPolicy.IGNORE, DirtyPolicy.MOVE);
        Arbitrary<MergeStrategy> strategies = Arbitraries.of(MergeStrategy.class);
        return Arbitraries.frequencyOf(
                Tuple.of(
                        5,
                        Combinators.combine(slots, policies)
                                .as((s, p) -> named("open " + s + " " + p, w -> w.open(s, p)))),
                Tuple.of(
                        8,
                        Combinators.combine(slots, files)
                                .as((s, f) -> named("write " + s + " " + f, w -> w.write(s, f)))),
                Tuple.of(
                        3,
                        Combinators.combine(slots, files)
                                .as((s, f) -> named("delete " + s + " " + f, w -> w.delete(s, f)))),
                Tuple.of(2, slots.map(s -> named("stage " + s, w -> w.stage(s)))),
                Tuple.of(4, slots.map(s -> named("commit " + s, w -> w.commit(s)))),
                Tuple.of(3, slots.map(s -> named("checkpoint " + s, w -> w.checkpoint(s)))),
                Tuple.of(
                        3,
                        Combinators.combine(slots, files)
                                .as((s, n) -> named("restore " + s + " " + n, w -> w.restore(s, n)))),
                Tuple.of(
                        4,
                        Combinators.combine(slots, strategies)
                                .as((s, m) -> named("merge " + s + " " + m, w -> w.merge(s, m)))),
                Tuple.of(2, slots.map(s -> named("reopen " + s, w -> w.reopen(s)))),
                Tuple.of(
                        3,
                        Combinators.combine(slots, Arbitraries.of(true, false))
                                .as((s, r) -> named("remove " + s + (r ? " rescuing" : ""), w -> w.remove(s, r)))),
                Tuple.of(3, files.map(f -> named("user writes " + f, w -> w.userWrites(f)))),
                Tuple.of(1, files.map(f -> named("user deletes " + f, w -> w.userDeletes(f)))),
                Tuple.of(1, Arbitraries.just(named("user stages", World::userStages))),
                Tuple.of(2, Arbitraries.just(named("user commits", World::userCommits))));
    }

    private static void delete(Path tree) throws IOException {
        Files.walkFileTree(tree, new SimpleFileVisitor<>() {
            @Override
            public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) throws IOException {
                Files.delete(file);
                return FileVisitResult.CONTINUE;
            }

            @Override
            public FileVisitResult postVisitDirectory(Path directory, IOException failed) throws IOException {
                Files.delete(directory);
                return FileVisitResult.CONTINUE;
            }
        });
    }
}
