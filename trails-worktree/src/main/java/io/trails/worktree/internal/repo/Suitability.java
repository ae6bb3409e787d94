package io.trails.worktree.internal.repo;

import io.trails.Reason;
import io.trails.spi.Availability;
import java.util.ArrayList;
import java.util.List;

/** What the facts of a repository mean for sessions. */
record Suitability(RepositoryFacts facts, boolean inPlace) {
    Availability judge(List<Reason> notes) {
        if (facts.has(Trait.UNKNOWN_EXTENSION)) return Availability.unavailable(extension());
        if (facts.head().isEmpty()) return Availability.unavailable(unborn());
        if (inPlace && facts.has(Trait.BARE)) return Availability.unavailable(bare());
        List<Reason> all = new ArrayList<>(notes);
        for (Trait trait : Trait.values()) {
            if (facts.has(trait)) note(trait, all);
        }
        return Availability.available(all.toArray(Reason[]::new));
    }

    private static void note(Trait trait, List<Reason> notes) {
        switch (trait) {
            case BARE ->
                notes.add(Reason.of("worktree.bare", "The repository is bare: there is no work to carry over"));
            case LINKED ->
                notes.add(Reason.of(
                        "worktree.linked",
                        "The project is a worktree itself; its own HEAD is what sessions start from"));
            case SUBMODULE -> notes.add(Reason.of("worktree.submodule", "The project is a submodule"));
            case SUBDIRECTORY ->
                notes.add(Reason.of(
                        "worktree.subdirectory",
                        "The project is a folder of its repository; sessions work in the same folder"));
            case SHALLOW ->
                notes.add(Reason.of(
                        "worktree.shallow",
                        "The history is cut, so that a merge may find no common start",
                        "Run git fetch --unshallow before merging old work"));
            case PARTIAL ->
                notes.add(Reason.of(
                        "worktree.partial",
                        "Objects that are missing are fetched when a session is created, which needs the network"));
            case SPARSE ->
                notes.add(Reason.of("worktree.sparse", "Sessions check out the same part of the files as the project"));
            case SHA256 -> notes.add(Reason.of("worktree.sha256", "The repository uses SHA-256"));
            case REFTABLE -> notes.add(Reason.of("worktree.reftable", "The repository keeps its refs in tables"));
            case LARGE_FILES ->
                notes.add(Reason.of(
                        "worktree.large-files",
                        "Git LFS keeps files of the repository; what is not there yet is fetched when a session is created",
                        "Set large_files to false to leave pointers in their places"));
            case SEPARATE_GIT_DIRECTORY, TREE_CONFIGURATION, SPLIT_INDEX, UNKNOWN_EXTENSION -> {}
        }
    }

    private Reason extension() {
        return Reason.of(
                "worktree.unknown-extension",
                "The repository has an extension that this trails does not know: "
                        + RepositoryFacts.unknownExtension(facts.configuration())
                                .orElse(""),
                "Use a newer trails");
    }

    private Reason unborn() {
        return Reason.of(
                "worktree.no-commit",
                "Nothing has been committed in " + facts.repository().commonDirectory(),
                "Commit once; git commit --allow-empty is enough");
    }

    private static Reason bare() {
        return Reason.of(
                "worktree.bare",
                "The repository is bare: there are no files to work on in place",
                "Use mode 'worktree'");
    }
}
