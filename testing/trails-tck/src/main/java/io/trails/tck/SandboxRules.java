package io.trails.tck;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.trails.Enforcement;
import io.trails.Limits;
import io.trails.NetworkPolicy;
import io.trails.spi.HostDirectory;
import io.trails.spi.Location;
import io.trails.spi.Plan;
import io.trails.spi.SandboxCapability;
import io.trails.spi.SandboxProvider;
import io.trails.spi.SandboxRequest;
import java.io.IOException;
import java.nio.file.Path;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** What the contracts over a sandbox share: how one is asked for. */
abstract class SandboxRules extends ProviderContract<SandboxProvider> {
    static final String SECRET = "s3cret-" + "0123456789abcdef";

    SandboxRules() {}

    /**
     * Where the processes work. The default is the project as a directory of this host.
     *
     * @param project the project of this test
     * @return a location of a type the provider accepts
     */
    protected Location location(Path project) {
        return new HostDirectory(project);
    }

    @Override
    final SandboxLife life(String session) throws IOException {
        return life(request(session).build());
    }

    final SandboxLife life(SandboxRequest request) {
        var life = new SandboxLife(this::provider, request);
        closeLater(life);
        return life;
    }

    final SandboxLife created(SandboxRequest.Builder request) throws IOException {
        SandboxLife life = life(request.build());
        life.create();
        return life;
    }

    final SandboxLife created(String session) throws IOException {
        return created(request(session));
    }

    final SandboxRequest.Builder request(String session) throws IOException {
        return SandboxRequest.builder(session, location(project()), ownDirectory(session, "sandbox"))
                .environment(System.getenv())
                .bringsBack(true);
    }

    final void assumeCapability(SandboxCapability capability) {
        assumeTrue(provider().capabilities().contains(capability), () -> "the provider has no " + capability);
    }

    @Override
    final Optional<Life> doomed() throws IOException {
        for (Map.Entry<Limits.Kind, Limits> limit : everyLimit().entrySet()) {
            if (isRefused(limit.getValue(), NetworkPolicy.open())) {
                return Optional.of(
                        life(request("doomed").limits(limit.getValue()).build()));
            }
        }
        for (NetworkPolicy network : everyNetwork()) {
            if (isRefused(Limits.none(), network))
                return Optional.of(life(request("doomed").network(network).build()));
        }
        return Optional.empty();
    }

    final boolean isRefused(Limits limits, NetworkPolicy network) {
        return provider().enforcement(limits, network).stream()
                .anyMatch(answer -> answer.level() == Enforcement.Level.REFUSED);
    }

    static Map<Limits.Kind, Limits> everyLimit() {
        Map<Limits.Kind, Limits> all = new EnumMap<>(Limits.Kind.class);
        for (Limits.Kind kind : Limits.Kind.values()) {
            all.put(kind, Limits.builder().set(kind, 1L << 30).build());
        }
        return all;
    }

    static NetworkPolicy[] everyNetwork() {
        return new NetworkPolicy[] {NetworkPolicy.none(), NetworkPolicy.allow("example.com")};
    }

    @Test
    @Rule("P-06")
    final void a_plan_holds_no_secret() throws IOException {
        Map<String, String> environment = new HashMap<>(System.getenv());
        environment.put("ACME_TOKEN", SECRET);
        Plan plan = life(request("secret").environment(environment).build()).created();
        assertThat(plan.values().toString()).doesNotContain(SECRET);
    }
}
