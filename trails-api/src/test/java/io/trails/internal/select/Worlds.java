package io.trails.internal.select;

import io.trails.Isolation;
import io.trails.Mode;
import io.trails.ModeRule;
import io.trails.SecurityPolicy;
import io.trails.SessionSpec;
import io.trails.Settings;
import io.trails.TaskComplexity;
import io.trails.spi.Provider;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;

/**
 * Random worlds for laws, each from one seed.
 *
 * <p>Plain code over {@link Random} instead of a tree of generators: a world is easier to read than to compose.
 */
final class Worlds {
    private static final List<Mode> OWN = List.of(
            Mode.named("jailed")
                    .workspaces("worktree")
                    .sandboxes("acme.jail", "host")
                    .build(),
            Mode.named("loose").workspaces("worktree", "in-place").build(),
            Mode.named("firm")
                    .workspaces("in-place", "worktree")
                    .sandboxes("acme.jail")
                    .build());
    private static final List<String> NAMES = List.of("direct", "worktree", "container", "jailed", "loose", "firm");
    private static final List<String> AGENTS = List.of("claude", "codex");

    private final Random random;

    Worlds(long seed) {
        random = new Random(seed);
    }

    /** A world without project settings. */
    Scene scene() {
        Scene scene = new Scene().providers(providers()).policy(policy());
        for (Mode mode : OWN) scene.mode(mode);
        if (chance(2)) scene.user(settings());
        if (chance(3)) scene.administrator(Settings.builder().policy(policy().build()));
        if (chance(4)) scene.variable("TRAILS_MODE", name());
        return scene;
    }

    /** What a repository might bring, its own modes included. */
    Settings.Builder projectSettings() {
        Settings.Builder settings = settings();
        Mode own = Mode.named("theirs")
                .workspaces(pick(List.of("in-place", "worktree")))
                .build();
        settings.mode(own);
        if (chance(3)) settings.mode("theirs");
        if (chance(4)) settings.projectRule(ModeRule.require("**", "theirs", ""));
        return settings;
    }

    SessionSpec.Builder spec() {
        SessionSpec.Builder spec = Scene.session();
        if (chance(2)) spec.agent(pick(AGENTS));
        if (chance(2)) spec.mode(mode(name()));
        if (chance(4)) spec.requires(pick(List.of(Isolation.values())));
        if (chance(3)) spec.complexity(pick(List.of(TaskComplexity.values())));
        if (chance(3)) spec.force();
        return spec;
    }

    private static Mode mode(String name) {
        for (Mode mode : OWN) if (mode.name().equals(name)) return mode;
        return Mode.parse(name);
    }

    private List<Provider> providers() {
        List<Provider> providers = new ArrayList<>(Guests.all());
        providers.add(Guests.sandbox("acme.jail", Isolation.PROCESSES));
        for (Provider provider : List.copyOf(providers)) {
            if (provider.id().equals("host") || provider.id().equals("headless")) continue;
            if (chance(4)) providers = new ArrayList<>(Guests.without(providers, provider.id()));
            if (chance(6)) providers.removeIf(each -> each.id().equals(provider.id()));
        }
        return providers;
    }

    private Settings.Builder settings() {
        Settings.Builder settings = Settings.builder();
        if (chance(2)) settings.mode(name());
        if (chance(3)) settings.modePreference(pick(AGENTS), name());
        if (chance(4)) settings.fallback(random.nextBoolean());
        if (chance(4)) settings.fallbackChain(names(3));
        if (chance(4)) settings.projectRule(rule());
        if (chance(2)) settings.policy(policy().build());
        return settings;
    }

    private SecurityPolicy.Builder policy() {
        SecurityPolicy.Builder policy = SecurityPolicy.builder();
        if (chance(3)) policy.trust(pick(List.of("claude", "*", "codex")));
        if (chance(4)) policy.fallbackAllowed(random.nextBoolean());
        if (chance(4)) policy.downgradeNeedsForce(random.nextBoolean());
        if (chance(6)) policy.rule(rule());
        return policy;
    }

    private ModeRule rule() {
        ModeRule rule = chance(2)
                ? ModeRule.require("**", name(), "")
                : ModeRule.allow("**", Set.copyOf(new HashSet<>(names(4))), "");
        return chance(2) ? rule.forAgents(pick(AGENTS)) : rule;
    }

    private List<String> names(int most) {
        var names = new ArrayList<String>();
        for (int i = 1 + random.nextInt(most); i > 0; i--) names.add(name());
        return names;
    }

    private String name() {
        return pick(NAMES);
    }

    private <T> T pick(List<T> from) {
        return from.get(random.nextInt(from.size()));
    }

    /** One in so many. */
    private boolean chance(int in) {
        return random.nextInt(in) == 0;
    }
}
