package io.trails.tmux.internal.output;

import java.nio.charset.StandardCharsets;

/** Stub. */
public final class TerminalText {
    public String feed(byte[] bytes) {
        return new String(bytes, StandardCharsets.UTF_8).replace("\r", "").replaceAll("\033\\[[0-9;?]*[a-zA-Z]", "");
    }
}
