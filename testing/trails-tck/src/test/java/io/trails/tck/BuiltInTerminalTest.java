package io.trails.tck;

import io.trails.spi.TerminalProvider;

final class BuiltInTerminalTest extends TerminalContract {
    @Override
    protected TerminalProvider provider() {
        return BuiltIn.provider(TerminalProvider.class, "headless");
    }
}
