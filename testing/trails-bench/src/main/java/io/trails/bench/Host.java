package io.trails.bench;

import io.trails.spi.HostDirectory;
import io.trails.spi.Provider;
import io.trails.spi.Sandbox;
import io.trails.spi.SandboxProvider;
import io.trails.spi.SandboxRequest;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ServiceLoader;

/** The sandbox of the host, as the engine makes it. */
final class Host {
    private Host() {}

    static Sandbox sandbox(Scratch scratch) throws IOException {
        Path own = Files.createDirectory(scratch.project().resolve("own"));
        SandboxRequest request = SandboxRequest.builder("bench", new HostDirectory(scratch.project()), own)
                .environment(System.getenv())
                .build();
        SandboxProvider provider = provider();
        return provider.create(provider.plan(request), request);
    }

    private static SandboxProvider provider() {
        for (Provider provider : ServiceLoader.load(Provider.class)) {
            if (provider instanceof SandboxProvider sandboxes && provider.id().equals("host")) return sandboxes;
        }
        throw new IllegalStateException("trails has no sandbox of the host");
    }
}
