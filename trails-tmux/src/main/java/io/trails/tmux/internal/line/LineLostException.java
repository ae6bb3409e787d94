package io.trails.tmux.internal.line;

import io.trails.TrailsException;

/** The line to the server broke: the server is gone, or what connected us to it. */
public final class LineLostException extends TrailsException {
    private static final long serialVersionUID = 1;

    public LineLostException(String message, Throwable cause) {
        super("terminal.unreachable", message, cause);
    }

    public LineLostException(String message) {
        super("terminal.unreachable", message);
    }
}
