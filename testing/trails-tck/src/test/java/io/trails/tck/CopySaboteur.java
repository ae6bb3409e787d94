package io.trails.tck;

import io.trails.Checkpoint;
import io.trails.DiffRequest;
import io.trails.FileDiff;
import io.trails.MergePreview;
import io.trails.MergeRequest;
import io.trails.MergeResult;
import io.trails.RemovalPolicy;
import io.trails.RemovalReport;
import io.trails.SessionCapability;
import io.trails.TrailsException;
import io.trails.spi.Plan;
import io.trails.spi.Workspace;
import io.trails.spi.WorkspaceProvider;
import io.trails.spi.WorkspaceRequest;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.UnaryOperator;

/** Breaks the rules that belong to capabilities, one each. */
@SuppressWarnings("ImmutableEnumChecker") // The makers keep nothing.
enum CopySaboteur implements Saboteur<WorkspaceProvider> {
    SILENT_WHERE_UNABLE("W-11", correct -> new DelegatingWorkspace(correct) {
        @Override
        public Set<SessionCapability> capabilities() {
            return EnumSet.of(SessionCapability.DIFF);
        }
    }),
    SOMETIMES_ABLE("W-11", correct -> new DelegatingWorkspace(correct) {
        @Override
        public Set<SessionCapability> capabilities() {
            return correct.changes().files().isEmpty() ? correct.capabilities() : Set.of();
        }
    }),
    FORGETS_A_FILE("W-12", correct -> new DelegatingWorkspace(correct) {
        @Override
        public void diff(DiffRequest request, Consumer<? super FileDiff> reader) {
            List<FileDiff> all = new ArrayList<>();
            correct.diff(request, all::add);
            for (FileDiff diff : all.subList(Math.min(1, all.size()), all.size())) reader.accept(diff);
        }
    }),
    LINE_TOO_FEW("W-12", correct -> new DelegatingWorkspace(correct) {
        @Override
        public void diff(DiffRequest request, Consumer<? super FileDiff> reader) {
            correct.diff(request, diff -> reader.accept(shortened(diff)));
        }
    }),
    HALF_A_PATCH("W-12", correct -> new DelegatingWorkspace(correct) {
        @Override
        public void writePatch(DiffRequest request, OutputStream out) {
            correct.writePatch(request.paths("README.md"), out);
        }
    }),
    READER_SILENCED("W-12", correct -> new DelegatingWorkspace(correct) {
        @Override
        public void diff(DiffRequest request, Consumer<? super FileDiff> reader) {
            correct.diff(request, diff -> {
                try {
                    reader.accept(diff);
                } catch (IllegalStateException ignored) {
                    return;
                }
            });
        }
    }),
    CHECKPOINT_IN_THE_OPEN("W-13", correct -> new DelegatingWorkspace(correct) {
        @Override
        public Checkpoint checkpoint(String label) {
            Checkpoint taken = correct.checkpoint(label);
            write(files().resolve("checkpoint.txt"), label);
            return taken;
        }
    }),
    RESTORE_WITHOUT_NEW_FILES("W-13", correct -> new DelegatingWorkspace(correct) {
        @Override
        public Checkpoint restore(Checkpoint checkpoint) {
            Checkpoint before = correct.restore(checkpoint);
            delete(files().resolve("new folder/added.txt"));
            return before;
        }
    }),
    RESTORE_THAT_LEAVES_MORE("W-13", correct -> new DelegatingWorkspace(correct) {
        @Override
        public Checkpoint restore(Checkpoint checkpoint) {
            CopiedFiles now = CopiedFiles.read(files());
            Checkpoint before = correct.restore(checkpoint);
            now.find("later.bin").ifPresent(bytes -> write(files().resolve("later.bin"), "left"));
            return before;
        }
    }),
    RESTORE_THAT_KEEPS_NOTHING("W-13", correct -> new DelegatingWorkspace(correct) {
        @Override
        public Checkpoint restore(Checkpoint checkpoint) {
            correct.restore(checkpoint);
            return checkpoint;
        }
    }),
    FOREIGN_CHECKPOINTS("W-13", correct -> new DelegatingWorkspace(correct) {
        @Override
        public Checkpoint restore(Checkpoint checkpoint) {
            try {
                return correct.restore(checkpoint);
            } catch (TrailsException unknown) {
                return checkpoint;
            }
        }
    }),
    CHECKPOINTS_OF_THIS_JVM("W-14", correct -> new DelegatingWorkspace(correct) {
        private final List<Checkpoint> taken = new ArrayList<>();

        @Override
        public Checkpoint checkpoint(String label) {
            taken.add(correct.checkpoint(label));
            return taken.get(taken.size() - 1);
        }

        @Override
        public List<Checkpoint> checkpoints() {
            return List.copyOf(taken);
        }
    }),
    NEWEST_FIRST("W-14", correct -> new DelegatingWorkspace(correct) {
        @Override
        public List<Checkpoint> checkpoints() {
            List<Checkpoint> reversed = new ArrayList<>(correct.checkpoints());
            Collections.reverse(reversed);
            return reversed;
        }
    }),
    PREVIEW_THAT_WRITES("W-15", correct -> new DelegatingWorkspace(correct) {
        @Override
        public MergePreview preview(MergeRequest request) {
            write(files().resolveSibling("preview.tmp"), "preview");
            return correct.preview(request);
        }
    }),
    HOPEFUL_PREVIEW("W-15", correct -> new DelegatingWorkspace(correct) {
        @Override
        public MergePreview preview(MergeRequest request) {
            MergePreview real = correct.preview(request);
            return new MergePreview(
                    real.target(),
                    real.targetCommit(),
                    real.sessionCommit(),
                    real.start(),
                    MergePreview.Outcome.CLEAN,
                    List.of(),
                    real.changes(),
                    List.of(),
                    real.token());
        }
    }),
    COMMITTED_WORK_ONLY("W-16", correct -> new DelegatingWorkspace(correct) {
        @Override
        public MergeResult merge(MergeRequest request) {
            MergeResult result = correct.merge(request);
            if (result instanceof MergeResult.Merged) delete(project(this).resolve("uncommitted.txt"));
            return result;
        }
    }),
    ALWAYS_NEWS("W-16", correct -> new DelegatingWorkspace(correct) {
        @Override
        public MergeResult merge(MergeRequest request) {
            MergeResult result = correct.merge(request);
            return result instanceof MergeResult.UpToDate same
                    ? new MergeResult.Merged(same.target(), same.commit(), same.commit(), List.of())
                    : result;
        }
    }),
    DEAF_TO_DECISIONS("W-16", correct -> new DelegatingWorkspace(correct) {
        @Override
        public MergeResult merge(MergeRequest request) {
            return correct.merge(MergeRequest.into(request.target().orElseThrow()));
        }
    }),
    MARKERS_IN_THE_TARGET("W-17", correct -> new DelegatingWorkspace(correct) {
        @Override
        public MergeResult merge(MergeRequest request) {
            MergeResult result = correct.merge(request);
            if (result instanceof MergeResult.Conflicted) write(project(this).resolve("README.md"), "<<<<<<< ours\n");
            return result;
        }
    }),
    HALF_A_MERGE("W-17", correct -> new DelegatingWorkspace(correct) {
        @Override
        public MergeResult merge(MergeRequest request) {
            MergeResult result = correct.merge(request);
            if (!(result instanceof MergeResult.Merged)) write(project(this).resolve("new folder/added.txt"), "new\n");
            return result;
        }
    }),
    PREVIEW_FORGOTTEN("W-17", correct -> new DelegatingWorkspace(correct) {
        @Override
        public MergeResult merge(MergeRequest request) {
            return correct.merge(MergeRequest.builder()
                    .target(request.target().orElseThrow())
                    .resolver(
                            (conflict, contents) -> request.resolver().flatMap(own -> own.resolve(conflict, contents)))
                    .build());
        }
    }),
    RESCUE_NEVER("W-18", new DelegatingWorkspaceProvider(new CopyWorkspaceProvider()) {
        @Override
        public RemovalReport remove(Plan plan, WorkspaceRequest request, RemovalPolicy policy) {
            return correct.remove(plan, request, RemovalPolicy.safe());
        }
    }),
    RESCUE_OF_NOTHING("W-18", new DelegatingWorkspaceProvider(new CopyWorkspaceProvider()) {
        @Override
        public RemovalReport remove(Plan plan, WorkspaceRequest request, RemovalPolicy policy) {
            if (policy.rescues()) CopiedFiles.delete(Path.of(plan.get("files")));
            return correct.remove(plan, request, policy);
        }
    });

    private final String rule;
    private final WorkspaceProvider provider;

    CopySaboteur(String rule, UnaryOperator<Workspace> sabotage) {
        this(rule, new DelegatingWorkspaceProvider(new CopyWorkspaceProvider()) {
            @Override
            Workspace sabotaged(Workspace workspace) {
                return sabotage.apply(workspace);
            }
        });
    }

    CopySaboteur(String rule, WorkspaceProvider provider) {
        this.rule = rule;
        this.provider = provider;
    }

    @Override
    public String rule() {
        return rule;
    }

    /** It keeps nothing, so one is as good as many. */
    @Override
    public WorkspaceProvider provider() {
        return provider;
    }

    private static FileDiff shortened(FileDiff diff) {
        List<FileDiff.Hunk> hunks = new ArrayList<>();
        for (FileDiff.Hunk hunk : diff.hunks()) {
            hunks.add(new FileDiff.Hunk(
                    hunk.oldStart(),
                    hunk.oldCount(),
                    hunk.newStart(),
                    hunk.newCount(),
                    hunk.heading(),
                    hunk.lines().subList(1, hunk.lines().size())));
        }
        return new FileDiff(diff.change(), diff.binary(), hunks, diff.cut());
    }

    private static Path project(DelegatingWorkspace sabotaged) {
        return ((CopyWorkspace) sabotaged.correct).project();
    }

    private static void write(Path file, String content) {
        try {
            Files.createDirectories(file.getParent());
            Files.write(file, content.getBytes(StandardCharsets.UTF_8));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void delete(Path file) {
        try {
            Files.deleteIfExists(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
