package io.trails.tck;

import io.trails.BroughtBack;
import io.trails.Changes;
import io.trails.Checkpoint;
import io.trails.RemovalPolicy;
import io.trails.RemovalReport;
import io.trails.spi.Plan;
import io.trails.spi.SandboxProvider;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.util.List;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.function.Supplier;

/** One sandbox on a copy per rule of copies that it breaks. */
@SuppressWarnings("ImmutableEnumChecker") // The makers keep nothing.
enum MirrorSaboteur implements Saboteur<SandboxProvider> {
    REMOVALS_FORGOTTEN("S-19", trees(() -> new MirrorTrees() {
        @Override
        void remove(Path path) {
            if (path.toString().contains("/mirror/")) super.remove(path);
        }
    })),
    MODES_FORGOTTEN("S-19", trees(() -> new MirrorTrees() {
        @Override
        void put(Path from, Path to) {
            super.put(from, to);
            boolean back = !to.toString().contains("/mirror/");
            if (back
                    && Files.isRegularFile(to, LinkOption.NOFOLLOW_LINKS)
                    && !to.toFile().setExecutable(false, false)) {
                throw new IllegalStateException(to + " cannot be changed");
            }
        }
    })),
    LINKS_FOLLOWED("S-19", trees(() -> new MirrorTrees() {
        @Override
        void put(Path from, Path to) {
            boolean back = !to.toString().contains("/mirror/");
            super.put(back && Files.isRegularFile(from) ? real(from) : from, to);
        }

        private static Path real(Path path) {
            try {
                return path.toRealPath();
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
    })),
    EVERYTHING_TOUCHED("S-19", copies(Touching::new)),
    USER_OVERWRITTEN("S-20", copies(Overwriting::new)),
    CONFLICT_UNREPORTED("S-20", copies(Silent::new)),
    CONFLICT_FORGOTTEN("S-20", copies(Forgetting::new)),
    BROUGHT_BACK_UNASKED("S-21", () -> new MirrorSandboxProvider() {
        @Override
        boolean bringsBack(boolean asked) {
            return true;
        }
    }),
    PENDING_DENIED("S-21", copies(Denying::new)),
    HALF_BROUGHT_BACK("S-22", copies(Halving::new)),
    GIT_BROUGHT_BACK("S-23", trees(() -> new MirrorTrees() {
        @Override
        boolean isExcluded(String path) {
            return false;
        }
    })),
    NESTED_GIT_BROUGHT_BACK("S-23", trees(() -> new MirrorTrees() {
        @Override
        boolean isExcluded(String path) {
            return path.matches("\\.git(/.*)?");
        }
    })),
    THROUGH_LINKS("S-23", trees(() -> new MirrorTrees() {
        @Override
        void put(Path from, Path to) {
            boolean folder = Files.isDirectory(from, LinkOption.NOFOLLOW_LINKS);
            if (!folder || !Files.isDirectory(to)) super.put(from, to);
        }
    })),
    USER_UNSEEN("S-24", copies(Unseeing::new)),
    SESSION_OVERWRITTEN("S-24", copies(Yielding::new)),
    RESTORE_OF_NOTHING("S-25", copies(Resting::new)),
    CHECKPOINTS_FORGOTTEN("S-25", copies(Unremembering::new)),
    PENDING_REMOVED("S-26", () -> new MirrorSandboxProvider() {
        @Override
        public RemovalReport remove(Plan plan, RemovalPolicy policy) {
            return super.remove(plan, policy.forgetting());
        }
    }),
    NEVER_FORGETTING("S-26", () -> new MirrorSandboxProvider() {
        @Override
        public RemovalReport remove(Plan plan, RemovalPolicy policy) {
            return super.remove(
                    plan, policy.endsProcesses() ? RemovalPolicy.safe().endingProcesses() : policy);
        }
    });

    private final String rule;
    private final Supplier<SandboxProvider> maker;

    MirrorSaboteur(String rule, Supplier<SandboxProvider> maker) {
        this.rule = rule;
        this.maker = maker;
    }

    @Override
    public String rule() {
        return rule;
    }

    @Override
    public SandboxProvider provider() {
        return maker.get();
    }

    private static Supplier<SandboxProvider> trees(Supplier<MirrorTrees> broken) {
        return () -> new MirrorSandboxProvider() {
            @Override
            MirrorTrees trees() {
                return broken.get();
            }
        };
    }

    private interface Maker {
        MirrorCopy make(MirrorTrees trees, Path location, Path own);
    }

    private static Supplier<SandboxProvider> copies(Maker broken) {
        return () -> new MirrorSandboxProvider() {
            @Override
            MirrorCopy copy(MirrorTrees trees, Path location, Path own) {
                return broken.make(trees, location, own);
            }
        };
    }

    private static final class Touching extends MirrorCopy {
        Touching(MirrorTrees trees, Path location, Path own) {
            super(trees, location, own);
        }

        @Override
        public synchronized BroughtBack bringBack() {
            BroughtBack answer = super.bringBack();
            try {
                for (String path : trees.picture(location).keySet()) {
                    Path file = location.resolve(path);
                    if (Files.isRegularFile(file, LinkOption.NOFOLLOW_LINKS))
                        Files.setLastModifiedTime(file, FileTime.from(Instant.now()));
                }
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
            return answer;
        }
    }

    private static final class Overwriting extends MirrorCopy {
        Overwriting(MirrorTrees trees, Path location, Path own) {
            super(trees, location, own);
        }

        @Override
        SortedSet<String> conflicts() {
            return new TreeSet<>();
        }
    }

    private static final class Silent extends MirrorCopy {
        Silent(MirrorTrees trees, Path location, Path own) {
            super(trees, location, own);
        }

        @Override
        public synchronized BroughtBack bringBack() {
            return new BroughtBack(super.bringBack().files(), List.of(), List.of());
        }

        @Override
        public synchronized BroughtBack bringBackAll() {
            return new BroughtBack(super.bringBackAll().files(), List.of(), List.of());
        }
    }

    /** Whoever opens it again takes what is there for what was agreed on. */
    private static final class Forgetting extends MirrorCopy {
        Forgetting(MirrorTrees trees, Path location, Path own) {
            super(trees, location, own);
        }

        @Override
        boolean exists() {
            boolean exists = super.exists();
            if (exists) trees.replicate(trees.differences(base, files), files, base);
            return exists;
        }
    }

    private static final class Denying extends MirrorCopy {
        Denying(MirrorTrees trees, Path location, Path own) {
            super(trees, location, own);
        }

        @Override
        public synchronized Changes pending() {
            return new Changes(List.of(), List.of());
        }
    }

    private static final class Halving extends MirrorCopy {
        Halving(MirrorTrees trees, Path location, Path own) {
            super(trees, location, own);
        }

        @Override
        public synchronized BroughtBack bringBackAll() {
            return bringBack();
        }
    }

    private static final class Unseeing extends MirrorCopy {
        Unseeing(MirrorTrees trees, Path location, Path own) {
            super(trees, location, own);
        }

        @Override
        synchronized void refresh() {}
    }

    private static final class Yielding extends MirrorCopy {
        Yielding(MirrorTrees trees, Path location, Path own) {
            super(trees, location, own);
        }

        @Override
        synchronized void refresh() {
            SortedSet<String> theirs = trees.differences(base, location);
            trees.replicate(theirs, location, files);
            trees.replicate(theirs, location, base);
        }
    }

    private static final class Resting extends MirrorCopy {
        Resting(MirrorTrees trees, Path location, Path own) {
            super(trees, location, own);
        }

        @Override
        public synchronized void restore(Checkpoint checkpoint) {}
    }

    private static final class Unremembering extends MirrorCopy {
        Unremembering(MirrorTrees trees, Path location, Path own) {
            super(trees, location, own);
        }

        @Override
        public synchronized List<Checkpoint> checkpoints() {
            return List.of();
        }
    }
}
