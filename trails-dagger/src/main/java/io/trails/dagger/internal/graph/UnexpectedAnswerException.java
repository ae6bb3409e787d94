package io.trails.dagger.internal.graph;

import io.trails.TrailsException;

/** An engine answered with something else than its schema promises. */
public final class UnexpectedAnswerException extends TrailsException {
    private static final long serialVersionUID = 1L;

    UnexpectedAnswerException(String expected) {
        super(
                "dagger.answer-unexpected",
                "The engine's answer lacks " + expected
                        + " that its schema promises; use an engine of a supported release, 0.19 or later");
    }
}
