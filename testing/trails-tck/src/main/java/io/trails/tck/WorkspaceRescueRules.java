package io.trails.tck;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.trails.Checkpoint;
import io.trails.DiffRequest;
import io.trails.MergeRequest;
import io.trails.RemovalPolicy;
import io.trails.RemovalReport;
import io.trails.SessionCapability;
import io.trails.spi.Workspace;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Path;
import java.time.Instant;
import java.util.EnumSet;
import java.util.Set;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;

/** The rules of a workspace about what it cannot do, and about removing it with work in it. */
abstract class WorkspaceRescueRules extends WorkspaceFailedMergeRules {
    WorkspaceRescueRules() {}

    @Test
    @Rule("W-11")
    final void what_is_not_declared_is_answered_as_unsupported() throws IOException {
        Workspace workspace = created("undeclared").workspace();
        Set<SessionCapability> missing = EnumSet.allOf(SessionCapability.class);
        missing.removeAll(workspace.capabilities());
        assumeTrue(!missing.isEmpty(), "the workspace declares everything");
        MergeRequest into = MergeRequest.into(target());
        if (missing.contains(SessionCapability.DIFF)) {
            assertUnsupported(() -> workspace.diff(DiffRequest.all(), diff -> {}));
            assertUnsupported(() -> workspace.writePatch(DiffRequest.all(), OutputStream.nullOutputStream()));
        }
        if (missing.contains(SessionCapability.CHECKPOINTS)) {
            assertUnsupported(() -> workspace.checkpoint("a label"));
            assertUnsupported(workspace::checkpoints);
            assertUnsupported(() -> workspace.restore(new Checkpoint("a", "undeclared", "a label", Instant.EPOCH)));
        }
        if (missing.contains(SessionCapability.MERGE)) {
            assertUnsupported(() -> workspace.preview(into));
            assertUnsupported(() -> workspace.merge(into));
        }
    }

    private static void assertUnsupported(ThrowingCallable call) {
        assertThatThrownBy(call).extracting("code").isEqualTo("workspace.unsupported");
    }

    @Test
    @Rule("W-11")
    final void the_capabilities_stay_the_same() throws IOException {
        WorkspaceLife session = created("capabilities");
        Set<SessionCapability> first = Set.copyOf(session.workspace().capabilities());
        edit(session.files());
        assertThat(session.workspace().capabilities()).isEqualTo(first);
        session.open();
        assertThat(session.workspace().capabilities()).isEqualTo(first);
    }

    @Test
    @Rule("W-18")
    final void a_rescuing_removal_keeps_nothing_and_loses_nothing() throws IOException {
        WorkspaceLife session = created("rescue");
        Path files = session.files();
        edit(files);
        RemovalPolicy rescuing = RemovalPolicy.safe().endingProcesses().rescuing();
        RemovalReport report = session.remove(rescuing);
        assertThat(report.kept()).as("kept because of work").isEmpty();
        assertNotLost(files, "new folder/added.txt", "new\n");
        assertNotLost(files, "src/deep/Main.java", "class Main { int longer; }\n");
        assertThat(session.remove(rescuing).kept()).isEmpty();
        assertNotLost(files, "new folder/added.txt", "new\n");
    }

    @Test
    @Rule("W-18")
    final void what_a_safe_removal_kept_can_be_rescued() throws IOException {
        WorkspaceLife session = created("kept");
        Path files = session.files();
        edit(files);
        session.remove(RemovalPolicy.safe().endingProcesses());
        RemovalReport report =
                session.remove(RemovalPolicy.safe().endingProcesses().rescuing());
        assertThat(report.kept()).isEmpty();
        assertNotLost(files, "new folder/added.txt", "new\n");
        assertNotLost(files, "src/deep/Main.java", "class Main { int longer; }\n");
    }
}
