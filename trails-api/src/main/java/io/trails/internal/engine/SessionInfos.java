package io.trails.internal.engine;

import io.trails.Axis;
import io.trails.Composition;
import io.trails.SessionInfo;
import io.trails.internal.providers.Fatal;
import io.trails.internal.providers.ProviderCatalog;
import io.trails.internal.state.SessionRecord;
import io.trails.internal.state.StoredAgent;
import io.trails.internal.state.StoredPart;
import io.trails.spi.HostDirectory;
import io.trails.spi.Location;
import io.trails.spi.Plan;
import io.trails.spi.Provider;
import io.trails.spi.WorkspaceProvider;
import java.nio.file.Path;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import org.slf4j.LoggerFactory;

/** What a stored session looks like from outside. */
final class SessionInfos {
    private SessionInfos() {}

    static SessionInfo of(SessionRecord record, ProviderCatalog catalog, Set<String> missingEnvironment) {
        Optional<Location> location = files(record, catalog, WorkspaceProvider::locate);
        Optional<Path> directory =
                location.filter(HostDirectory.class::isInstance).map(where -> ((HostDirectory) where).path());
        Optional<Optional<String>> branch = files(record, catalog, WorkspaceProvider::branch);
        return new SessionInfo(
                record.name(),
                record.id(),
                record.agent().map(StoredAgent::name),
                record.mode(),
                composition(record),
                record.state(),
                directory,
                branch.flatMap(Function.identity()),
                record.createdAt(),
                missingEnvironment,
                record.problem());
    }

    private static Optional<Composition> composition(SessionRecord record) {
        StoredPart workspace = record.parts().get(Axis.WORKSPACE);
        StoredPart sandbox = record.parts().get(Axis.SANDBOX);
        StoredPart terminal = record.parts().get(Axis.TERMINAL);
        if (workspace == null || sandbox == null || terminal == null) return Optional.empty();
        return Optional.of(
                new Composition(workspace.provider(), sandbox.provider(), terminal.provider(), record.isolation()));
    }

    private interface Question<T> {
        T ask(WorkspaceProvider provider, Plan plan);
    }

    /** A provider is a guest: one that cannot answer leaves a gap in the information and nothing more. */
    private static <T> Optional<T> files(SessionRecord record, ProviderCatalog catalog, Question<T> question) {
        StoredPart part = record.parts().get(Axis.WORKSPACE);
        if (part == null) return Optional.empty();
        Optional<Provider> provider = catalog.find(Axis.WORKSPACE, part.provider());
        if (provider.isEmpty()) return Optional.empty();
        try {
            return Optional.of(question.ask((WorkspaceProvider) provider.get(), part.plan()));
        } catch (Throwable failed) {
            Fatal.rethrow(failed);
            LoggerFactory.getLogger(SessionInfos.class)
                    .debug("Provider {} cannot read its plan of session {}", part.provider(), record.name(), failed);
            return Optional.empty();
        }
    }
}
