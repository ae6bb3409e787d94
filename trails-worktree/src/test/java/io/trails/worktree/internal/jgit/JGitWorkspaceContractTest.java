package io.trails.worktree.internal.jgit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.platform.engine.discovery.DiscoverySelectors.selectClass;

import io.trails.spi.WorkspaceProvider;
import io.trails.tck.WorkspaceContract;
import io.trails.worktree.fixture.TestRepository;
import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.platform.testkit.engine.EngineTestKit;
import org.junit.platform.testkit.engine.Event;
import org.junit.platform.testkit.engine.Events;

/** The fallback keeps every rule but W-18: it rescues nothing, and so keeps what would have to be rescued. */
class JGitWorkspaceContractTest {
    @Test
    void every_rule_is_kept_but_that_of_rescues() {
        Events tests = EngineTestKit.engine("junit-jupiter")
                .selectors(selectClass(Contract.class))
                .execute()
                .testEvents();

        assertThat(tests.succeeded().count()).isGreaterThan(20);
        assertThat(tests.failed().stream())
                .as("%s", tests.failed().list())
                .extracting(Event::getTestDescriptor)
                .allSatisfy(test -> assertThat(test.getDisplayName()).startsWith("W-18"));
    }

    static class Contract extends WorkspaceContract {
        @Override
        protected WorkspaceProvider provider() {
            return new JGitProvider();
        }

        @Override
        protected Path project(Path scratch) throws IOException {
            Path project = super.project(scratch);
            TestRepository.init(project).commit("The project");
            return project;
        }
    }
}
