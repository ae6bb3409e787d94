package io.trails.internal.select;

import io.trails.Mode;
import io.trails.internal.settings.SettingsLayer;
import java.util.ArrayList;
import java.util.List;

/**
 * The modes that may stand in for one that cannot be used, strongest first.
 *
 * <p>From the wanted mode on, each is tried in turn. A wanted mode that is not in the chain has its place before the first
 * one that isolates no more than it does: falling back never brings more isolation than was asked for, since a container
 * that nobody expected breaks work that was meant for the host as surely as a missing one.
 */
final class FallbackChain {
    private final List<Mode> chain = new ArrayList<>();

    FallbackChain(Layers layers, Modes modes) {
        for (SettingsLayer layer : layers.trusted()) {
            if (layer.settings().fallbackChain().isEmpty()) continue;
            for (String name : layer.settings().fallbackChain().get()) {
                Mode mode = modes.named(name, true, layer.at("mode_fallback_chain"));
                if (!Modes.contains(chain, mode)) chain.add(mode);
            }
            return;
        }
        chain.addAll(List.of(Mode.CONTAINER, Mode.WORKTREE, Mode.DIRECT));
    }

    List<Mode> modes() {
        return chain;
    }

    /** The wanted mode and those after it. */
    List<Mode> from(Mode wanted, Composer composer) {
        var order = new ArrayList<Mode>();
        order.add(wanted);
        boolean reached = !Modes.contains(chain, wanted);
        boolean placed = false;
        for (Mode mode : chain) {
            if (Modes.same(mode, wanted)) {
                reached = true;
                placed = true;
            } else if (reached && (placed || composer.promised(wanted).containsAll(composer.promised(mode)))) {
                placed = true;
                order.add(mode);
            }
        }
        return order;
    }
}
