package io.trails.internal.workspace;

import static org.assertj.core.api.Assertions.assertThat;

import io.trails.RemovalPolicy;
import io.trails.RemovalReport;
import io.trails.spi.Plan;
import io.trails.spi.WorkspaceRequest;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A repository may bring a state.json whose plans name files that are not the session's. */
class ForeignManifestTest {
    @Test
    void a_plan_that_names_somebody_elses_file_deletes_nothing(@TempDir Path folder) throws IOException {
        Path precious = Files.writeString(folder.resolve("precious"), "not a manifest");
        Plan forged = Plan.empty()
                .with("directory", ProjectDirectory.print(folder))
                .with("manifest", ProjectDirectory.print(precious));

        RemovalReport report = new InPlaceWorkspaceProvider()
                .remove(forged, WorkspaceRequest.builder("s", folder, folder).build(), RemovalPolicy.safe());

        assertThat(report.kept())
                .extracting(item -> item.reason().code())
                .containsExactly("workspace.manifest-foreign");
        assertThat(precious).hasContent("not a manifest");
    }
}
