package io.trails.internal.agent;

/** Hears of every text given to an agent, but never the text. */
public interface SubmissionLog {
    void submitted(int characters, boolean delivered);
}
