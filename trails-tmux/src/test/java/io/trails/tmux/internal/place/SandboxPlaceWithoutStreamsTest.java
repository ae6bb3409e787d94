package io.trails.tmux.internal.place;

import java.util.Set;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;

@DisabledOnOs(OS.WINDOWS)
class SandboxPlaceWithoutStreamsTest extends PlaceContract {
    @Override
    Place place() {
        return new SandboxPlace(new ProcessSandbox(Set.of()));
    }

    @Override
    void close(Place place) {
        ((SandboxPlace) place).close();
    }
}
